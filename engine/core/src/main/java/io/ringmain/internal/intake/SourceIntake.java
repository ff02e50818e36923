package io.ringmain.internal.intake;

import io.ringmain.internal.checkpoint.Saved;
import io.ringmain.internal.counters.Counter;
import io.ringmain.internal.ring.EventWriter;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Source;
import io.ringmain.spi.Source.Status;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One pollable source and its door to the ring.
 *
 * <p>Thread: the intake lane's, except {@link #stop} and the counts.
 *
 * @param <E> the event
 */
public final class SourceIntake<E> implements Inflow, Intake<E> {

    private final String name;
    private final Source<E> source;
    private final Way<E> way;
    private final EventWriter<E> writer;
    private final int index;
    private final boolean delayable;
    private final Counter received = new Counter();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private @Nullable Saved saved;
    private int left;
    private long lastPosition = -1;

    /** Makes the door of the source with the given index. */
    SourceIntake(String name, Source<E> source, Way<E> way, int index, boolean delayable) {
        this.name = name;
        this.source = source;
        this.way = way;
        this.index = index;
        writer = way.writer();
        this.delayable = delayable;
    }

    @Override
    public E claim(long position) {
        if (left == 0) {
            throw new IllegalStateException("sources." + name
                    + ": a claim beyond max, or outside fill (expected: at most max claims, during fill)");
        }
        E event = writer.claim(index, position);
        if (event == null) {
            throw new IllegalStateException("The ring has less room than was found a moment ago.");
        }
        left--;
        lastPosition = position;
        return event;
    }

    @Override
    public long claimed() {
        return writer.lastClaimed();
    }

    @Override
    public long released() {
        return writer.released();
    }

    @Override
    public Status fill(int max) throws Exception {
        if (stopped.get()) {
            return Status.END;
        }
        left = max;
        int before = writer.claimed();
        writer.mark();
        try {
            Status status = source.fill(this, max);
            if (status == Status.END) {
                stopped.set(true);
            }
            return status;
        } catch (Throwable failure) {
            stopped.set(true);
            writer.rollbackLast();
            throw failure;
        } finally {
            left = 0;
            received.add(writer.claimed() - before);
        }
    }

    @Override
    public boolean isDelayable() {
        return delayable;
    }

    @Override
    public Way<E> way() {
        return way;
    }

    @Override
    public boolean wakes() {
        return false;
    }

    @Override
    public boolean stop() {
        return stopped.compareAndSet(false, true);
    }

    /** Says where the source's place goes when a barrier is published; null if it keeps none. Before it joins. */
    public void remembers(@Nullable Saved place) {
        saved = place;
    }

    @Override
    public @Nullable Saved place() {
        return saved;
    }

    @Override
    public long position() {
        return lastPosition;
    }

    @Override
    public long bytesRead() {
        return source.bytesRead();
    }

    @Override
    public void acknowledged(long position) throws Exception {
        source.acknowledged(position);
    }

    @Override
    public void close() throws Exception {
        if (saved != null) {
            // What comes after it has closed it could not say.
            saved.end();
        }
        source.close();
    }

    @Override
    public boolean holdsEvents() {
        return false;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int number() {
        return index;
    }

    @Override
    public Account account() {
        EventWriter<E> own = way.own();
        return new Account(
                name,
                received::value,
                reasons -> {
                    if (own != null) {
                        own.eachDrop(reasons);
                    }
                },
                null);
    }
}
