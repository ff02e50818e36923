package io.ringmain.internal.edge;

import io.ringmain.internal.counters.Counter;
import io.ringmain.internal.ring.EventWriter;
import io.ringmain.internal.ring.RingWriter;
import io.ringmain.spi.EventType;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes into a ring, but for the events that a policy drops: those are filled into an event that leads nowhere. Others may write into the
 * same ring on the same lane, each by its own policy; whoever commits first publishes what all of them have claimed.
 *
 * <p>Thread: the writing lane's, except the counts.
 *
 * @param <E> the event
 */
abstract class DiscardingWriter<E> implements EventWriter<E> {

    final RingWriter<E> ring;
    private final EventType<E> type;
    private final E nowhere;
    private final String reason;
    private final Counter dropped = new Counter();
    private int taken;
    private int takenMarked;
    private int discarded;
    private int marked;
    private boolean lastDiscarded;

    DiscardingWriter(RingWriter<E> ring, EventType<E> type, String reason) {
        this.ring = ring;
        this.type = type;
        this.reason = reason;
        nowhere = type.create();
    }

    final E discard() {
        discarded++;
        lastDiscarded = true;
        type.clear(nowhere);
        return nowhere;
    }

    final @Nullable E claimOfRing(int source, long position) {
        E event = ring.claim(source, position);
        if (event != null) {
            taken++;
            lastDiscarded = false;
        }
        return event;
    }

    @Override
    public int free() {
        return ring.free();
    }

    @Override
    public int freeMax() {
        return ring.freeMax();
    }

    @Override
    public void mark() {
        ring.mark();
        takenMarked = taken;
        marked = discarded;
    }

    @Override
    public void rollback() {
        ring.rollback();
        taken = takenMarked;
        discarded = marked;
    }

    @Override
    public void rollbackLast() {
        if (lastDiscarded && discarded > marked) {
            discarded--;
        } else if (!lastDiscarded && taken > takenMarked) {
            ring.rollbackLast();
            taken--;
        }
    }

    @Override
    public int claimed() {
        return ring.claimed() + discarded;
    }

    /** How many events have been claimed through this writer and not committed. */
    final int claimedHere() {
        return taken + discarded;
    }

    @Override
    public long lastClaimed() {
        return ring.lastClaimed();
    }

    @Override
    public long released() {
        return ring.released();
    }

    @Override
    public int commit(long nowNs) {
        int count = discarded;
        dropped.add(count);
        taken = 0;
        takenMarked = 0;
        discarded = 0;
        marked = 0;
        return count + ring.commit(nowNs);
    }

    @Override
    public boolean control(int kind, long value, long nowNs) {
        return ring.control(kind, value, nowNs);
    }

    @Override
    public long published() {
        return ring.published();
    }

    @Override
    public long received() {
        // The drops first: they are counted before what enters the ring.
        return dropped.value() + ring.received();
    }

    @Override
    public void eachDrop(ObjLongConsumer<String> reasons) {
        reasons.accept(reason, dropped.value());
    }

    @Override
    public int bound() {
        return ring.bound();
    }
}
