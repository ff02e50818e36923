package io.ringmain.spi;

import java.util.ArrayDeque;
import java.util.List;

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
        if (capacity < 1) {
            throw new IllegalArgumentException("deadLetters.capacity: " + capacity + " (expected: >= 1)");
        }
        if (bytesMax < 1) {
            throw new IllegalArgumentException("deadLetters.bytesMax: " + bytesMax + " (expected: >= 1)");
        }
        this.capacity = capacity;
        this.bytesMax = bytesMax;
    }

    @Override
    public boolean add(FailedEvent<?> failed) {
        DeadLetter letter = failed.toLetter();
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
