package io.ringmain.internal.intake;

import io.ringmain.internal.ring.ControlWriter;
import io.ringmain.internal.ring.Slot;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * How many lanes each partition of a pipeline is to have, on the way from whoever wishes it into the first ring. Only the last
 * wish counts: one that another overtakes before it is published is forgotten.
 *
 * <p>Thread: {@link #wish} any; {@link #publish} the one that publishes control events into the first ring.
 */
public final class LaneWishes {

    private final AtomicIntegerArray wished;
    private final int[] published;

    /** Begins with {@code lanes}, one number for each partition of the pipeline. */
    public LaneWishes(int[] lanes) {
        wished = new AtomicIntegerArray(lanes);
        published = lanes.clone();
    }

    /** Wishes that {@code partition} has {@code lanes} lanes. Who publishes must be woken. */
    public void wish(int partition, int lanes) {
        wished.set(partition, lanes);
    }

    /** Publishes what is wished, as far as there is room in the ring; returns how many events that were. */
    public int publish(ControlWriter writer, long nowNs) {
        int events = 0;
        for (int partition = 0; partition < published.length; partition++) {
            int lanes = wished.get(partition);
            if (lanes != published[partition]
                    && writer.control(Slot.REPARTITION, Slot.lanesOf(partition, lanes), nowNs)) {
                published[partition] = lanes;
                events++;
            }
        }
        return events;
    }

    /** Whether something is wished and not published. Who publishes only. */
    public boolean areWaiting() {
        for (int partition = 0; partition < published.length; partition++) {
            if (wished.get(partition) != published[partition]) {
                return true;
            }
        }
        return false;
    }
}
