package io.ringmain.spi;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters in a list in memory, bounded in number and, as far as {@link EventType#bytes} tells, in bytes: gone with the process, and
 * enough to look at what failed.
 *
 * <p>Thread: any. Allocates per letter, never per event.
 */
public final class MemoryDeadLetters implements DeadLetters {

    /** How many letters {@link #MemoryDeadLetters()} keeps: {@value}. */
    public static final int CAPACITY_DEFAULT = 10_000;

    /** How many bytes they hold at most, unless said otherwise: {@value}, 64 MiB. */
    public static final long BYTES_MAX_DEFAULT = 64L << 20;

    private final Object lock = new Object();
    private final int capacity;
    private final long bytesMax;
    private final ArrayDeque<DeadLetter> letters = new ArrayDeque<>();
    private final @Nullable MemoryReturns returns;
    private long bytes;

    /** Keeps at most {@value #CAPACITY_DEFAULT} letters of {@value #BYTES_MAX_DEFAULT} bytes in all. */
    public MemoryDeadLetters() {
        this(CAPACITY_DEFAULT);
    }

    /** Keeps at most {@code capacity} letters, at least 1, of {@value #BYTES_MAX_DEFAULT} bytes in all. */
    public MemoryDeadLetters(int capacity) {
        this(capacity, BYTES_MAX_DEFAULT);
    }

    /** Keeps at most {@code capacity} letters of {@code bytesMax} bytes in all, both at least 1; a single letter always has room. */
    public MemoryDeadLetters(int capacity, long bytesMax) {
        this(capacity, bytesMax, false);
    }

    private MemoryDeadLetters(int capacity, long bytesMax, boolean retrying) {
        if (capacity < 1) {
            throw new IllegalArgumentException("deadLetters.capacity: " + capacity + " (expected: >= 1)");
        }
        if (bytesMax < 1) {
            throw new IllegalArgumentException("deadLetters.bytesMax: " + bytesMax + " (expected: >= 1)");
        }
        this.capacity = capacity;
        this.bytesMax = bytesMax;
        returns = retrying ? new MemoryReturns(this::keep) : null;
    }

    /** Returns letters as of {@link #MemoryDeadLetters(int, long)} that can be {@linkplain #retry tried again}. */
    public static MemoryDeadLetters retrying(int capacity, long bytesMax) {
        return new MemoryDeadLetters(capacity, bytesMax, true);
    }

    @Override
    public @Nullable LetterSource retries() {
        return returns;
    }

    /**
     * Lets the pipeline try the letters that {@code which} chooses again, each where it failed. What fails again is a new letter with the attempts of both; one for whose
     * stage or sink there is none any more stays. What the pipeline has not come to when it ends, or may not have delivered because it failed, is a letter again.
     *
     * @return how many letters that are
     * @throws IllegalStateException if these letters are not {@link #retrying}
     */
    public int retry(Predicate<? super DeadLetter> which) {
        if (returns == null) {
            throw new IllegalStateException("deadLetters: not retrying (expected: MemoryDeadLetters.retrying)");
        }
        List<DeadLetter> chosen = new ArrayList<>();
        synchronized (lock) {
            for (Iterator<DeadLetter> each = letters.iterator(); each.hasNext(); ) {
                DeadLetter letter = each.next();
                if (which.test(letter)) {
                    each.remove();
                    bytes -= letter.bytes();
                    chosen.add(letter);
                }
            }
        }
        returns.request(chosen);
        return chosen.size();
    }

    @Override
    public void close() {
        if (returns != null) {
            returns.end();
        }
    }

    /** How many letters are being tried again. */
    public long underWay() {
        return returns == null ? 0 : returns.underWay();
    }

    /** Puts a letter back, also where there is no room: it was here before. */
    private void keep(DeadLetter letter) {
        synchronized (lock) {
            letters.add(letter);
            bytes += letter.bytes();
        }
    }

    @Override
    public boolean add(FailedEvent<?> failed) {
        DeadLetter letter = returns == null ? failed.toLetter() : returns.again(failed.toLetter());
        long more = letter.bytes();
        synchronized (lock) {
            boolean hasRoom = letters.isEmpty() || (letters.size() < capacity && bytes + more <= bytesMax);
            if (hasRoom) {
                letters.add(letter);
                bytes += more;
            }
            return hasRoom;
        }
    }

    @Override
    public long count() {
        synchronized (lock) {
            return letters.size();
        }
    }

    @Override
    public long bytes() {
        synchronized (lock) {
            return bytes;
        }
    }

    /** Returns the letters, oldest first, as they are now. */
    public List<DeadLetter> letters() {
        synchronized (lock) {
            return List.copyOf(letters);
        }
    }

    /** Removes and returns all letters, oldest first, which makes room. */
    public List<DeadLetter> takeAll() {
        synchronized (lock) {
            List<DeadLetter> taken = List.copyOf(letters);
            letters.clear();
            bytes = 0;
            return taken;
        }
    }

    @Override
    public String toString() {
        return "MemoryDeadLetters{count=" + count() + ", capacity=" + capacity + ", bytes=" + bytes() + ", bytesMax="
                + bytesMax + '}';
    }
}
