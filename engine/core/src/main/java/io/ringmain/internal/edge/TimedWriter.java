package io.ringmain.internal.edge;

import io.ringmain.internal.ring.RingWriter;
import io.ringmain.spi.EventType;
import org.jspecify.annotations.Nullable;

/**
 * Holds its lane back while the ring is full, but not for longer than a limit: then events are dropped until there is room again.
 *
 * <p>Thread: the writing lane's.
 *
 * @param <E> the event
 */
final class TimedWriter<E> extends DiscardingWriter<E> {

    private static final long NOT_FULL = Long.MIN_VALUE;

    private final long limitNs;
    private long nowNs;
    private long fullSinceNs = NOT_FULL;
    // What was promised when the limit was over holds until the commit, although slots that come free meanwhile end the
    // time that the ring was full.
    private int promised;

    TimedWriter(RingWriter<E> ring, EventType<E> type, long limitNs) {
        super(ring, type, "dropped_newest");
        this.limitNs = limitNs;
    }

    @Override
    public int begin(long nowNs) {
        this.nowNs = nowNs;
        return 0;
    }

    @Override
    public int room(int wanted) {
        int room = ring.room(wanted);
        if (room > 0) {
            fullSinceNs = NOT_FULL;
            return room;
        }
        if (!hasWaited()) {
            return 0;
        }
        promised = Math.max(promised, claimed() + wanted);
        return wanted;
    }

    @Override
    public @Nullable E claim(int source, long position) {
        E event = claimOfRing(source, position);
        if (event != null) {
            fullSinceNs = NOT_FULL;
            return event;
        }
        return hasWaited() || claimed() < promised ? discard() : null;
    }

    @Override
    public int commit(long nowNs) {
        promised = 0;
        return super.commit(nowNs);
    }

    private boolean hasWaited() {
        if (fullSinceNs == NOT_FULL) {
            fullSinceNs = nowNs;
        }
        return nowNs - fullSinceNs >= limitNs;
    }

    @Override
    public long wakeAtNs() {
        // Once the limit is over nothing is waited for; with no end of it nothing ever is.
        boolean waits = fullSinceNs != NOT_FULL && nowNs - fullSinceNs < limitNs;
        return waits && fullSinceNs < Long.MAX_VALUE - limitNs ? fullSinceNs + limitNs : Long.MAX_VALUE;
    }
}
