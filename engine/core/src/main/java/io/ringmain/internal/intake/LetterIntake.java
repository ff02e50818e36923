package io.ringmain.internal.intake;

import io.ringmain.internal.checkpoint.Saved;
import io.ringmain.internal.counters.Counter;
import io.ringmain.internal.ring.RingWriter;
import io.ringmain.spi.DeadLetters;
import io.ringmain.spi.EventType;
import io.ringmain.spi.LetterSource;
import io.ringmain.spi.Reentry;
import io.ringmain.spi.Source.Status;
import org.jspecify.annotations.Nullable;

/**
 * The door through which letters come back into the first ring. It never keeps the input open.
 *
 * <p>Thread: the intake lane's, except {@link #stop}, {@link #position}, {@link #acknowledged} and the count.
 *
 * @param <E> the event of the first ring
 */
public final class LetterIntake<E> implements Inflow, Reentry {

    private final @Nullable LetterSource letters;
    private final Places places;
    private final Way<E> way;
    private final @Nullable RingWriter<E> writer;
    private final int index;
    private final @Nullable Saved saved;
    private final Counter received = new Counter();
    private volatile boolean stopped;
    private int left;

    /**
     * Makes the door.
     *
     * @param letters where they come from; null if none do
     * @param way how they come into the ring; straight, if any do
     * @param index the number that the events have as that of their source
     * @param saved where the place of the store goes when a barrier is published; null if it remembers nothing
     */
    LetterIntake(@Nullable LetterSource letters, Places places, Way<E> way, int index, @Nullable Saved saved) {
        this.letters = letters;
        this.places = places;
        this.way = way;
        this.index = index;
        this.saved = saved;
        writer = way.writer().straight();
    }

    @Override
    public @Nullable EventType<?> typeAt(String name) {
        Places.Entry entry = places.find(name);
        return entry == null ? null : entry.type();
    }

    @Override
    public Object claim(String name, long id) {
        Places.Entry entry = places.find(name);
        if (left == 0 || entry == null || writer == null) {
            throw new IllegalStateException(DeadLetters.SOURCE + ": a claim "
                    + (entry == null ? "for " + name : "beyond max, or outside fill")
                    + " (expected: at most max claims, during fill, for stages and sinks of the pipeline)");
        }
        E slot = writer.claim(index, id);
        if (slot == null) {
            throw new IllegalStateException("The ring has less room than was found a moment ago.");
        }
        left--;
        writer.resumeLast(entry.target());
        if (entry.isInFirstSegment()) {
            return slot;
        }
        Object event = entry.type().create();
        places.carried().put(id, event);
        return event;
    }

    @Override
    public Status fill(int max) throws Exception {
        if (stopped) {
            return Status.END;
        }
        if (letters == null || writer == null) {
            return Status.IDLE;
        }
        left = max;
        int before = writer.claimed();
        writer.mark();
        try {
            return letters.fill(this, max) == Status.READY ? Status.READY : Status.IDLE;
        } catch (Throwable failure) {
            stopped = true;
            writer.rollbackLast();
            throw failure;
        } finally {
            left = 0;
            received.add(writer.claimed() - before);
        }
    }

    @Override
    public boolean keepsOpen() {
        return false;
    }

    @Override
    public boolean isDelayable() {
        return true;
    }

    @Override
    public Way<E> way() {
        return way;
    }

    @Override
    public boolean wakes() {
        return true;
    }

    @Override
    public boolean stop() {
        boolean wasOpen = !stopped;
        stopped = true;
        return wasOpen;
    }

    @Override
    public void close() throws Exception {
        if (saved != null) {
            // What comes after it has closed it could not say.
            saved.end();
        }
    }

    @Override
    public boolean holdsEvents() {
        return false;
    }

    @Override
    public @Nullable Saved place() {
        return saved;
    }

    @Override
    public long position() {
        return received.value();
    }

    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    public void acknowledged(long position) {
        if (letters != null) {
            letters.acknowledged(position);
        }
    }

    @Override
    public String name() {
        return DeadLetters.SOURCE;
    }

    @Override
    public int number() {
        return index;
    }

    @Override
    public Account account() {
        return new Account(DeadLetters.SOURCE, received::value, reasons -> {}, null);
    }
}
