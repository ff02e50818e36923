package io.ringmain.internal.delivery;

import io.ringmain.internal.counters.Counter;
import io.ringmain.internal.ring.LaneProgress;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.ring.RingWriter;
import io.ringmain.spi.EventType;
import java.util.function.LongConsumer;

/**
 * The ring of a subscriber that may miss events, and how many it has missed before each.
 *
 * <p>Thread: the settling lane writes, as the one writer of the ring; the subscriber's lane reads; the ring's sequences order it.
 *
 * @param <E> the event
 */
final class LossyRoom<E> {

    final Ring<E> ring;
    final Counter offered = new Counter();
    final Counter lagged = new Counter();
    private final RingWriter<E> writer;
    // How many events were lost since the one before.
    private final long[] lostBefore;
    private final LongConsumer whenLagged;
    private long losing;
    private long told;

    LossyRoom(EventType<E> type, int bound, LongConsumer whenLagged) {
        // Whoever reads it is woken by the settling lane, together with all others.
        ring = Ring.of(type, bound, false, () -> {});
        writer = new RingWriter<>(ring, false);
        lostBefore = new long[ring.size()];
        this.whenLagged = whenLagged;
    }

    void gateOn(LaneProgress progress) {
        ring.gateOn(progress);
    }

    /** Copies the live event at {@code sequence} of {@code from}; returns {@code false} if it is lost. The settling lane. */
    boolean take(Ring<E> from, long sequence) {
        E copy = writer.claim(from.columns().source(sequence), from.columns().position(sequence));
        if (copy == null) {
            losing++;
            return false;
        }
        from.type().copy(from.event(sequence), copy);
        lostBefore[index(writer.lastClaimed())] = losing;
        losing = 0;
        writer.mark();
        return true;
    }

    /** Takes back what was claimed for an event that could not be copied. */
    void rollback() {
        writer.rollback();
    }

    /** Publishes what was taken. */
    void commit(long count, long lost, long nowNs) {
        offered.add(count);
        lagged.add(lost);
        writer.commit(nowNs);
    }

    /** Tells of events lost before the one at {@code sequence}. The subscriber's lane. */
    void tellBefore(long sequence) {
        tell(lostBefore[index(sequence)]);
    }

    /** Whether events were lost before the one at {@code sequence}. The subscriber's lane. */
    boolean hasGapBefore(long sequence) {
        return lostBefore[index(sequence)] > 0;
    }

    /** Tells of all lost events that were not told of. The subscriber's lane, when nothing comes any more. */
    void tellRest() {
        tell(lagged.value() - told);
    }

    private void tell(long count) {
        if (count > 0) {
            told += count;
            whenLagged.accept(count);
        }
    }

    private int index(long sequence) {
        return (int) sequence & (lostBefore.length - 1);
    }
}
