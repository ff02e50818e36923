package io.ringmain.internal.intake;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.ObjLongConsumer;

/**
 * What publishers have counted at one door. It holds nothing else, so that it can stay when the door and its ring are gone; a publisher that
 * was still inside then is counted all the same.
 *
 * <p>Thread: any.
 */
public final class DoorCounts {

    final LongAdder received = new LongAdder();
    final LongAdder droppedNewest = new LongAdder();
    final LongAdder sampled = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder blockedCount = new LongAdder();
    final LongAdder blockedNs = new LongAdder();

    DoorCounts() {}

    /** How many events were received, those dropped included. */
    public long received() {
        return received.sum();
    }

    /** Tells the count of each reason for which events were dropped. */
    public void eachDrop(ObjLongConsumer<String> reasons) {
        reasons.accept("dropped_newest", droppedNewest.sum());
        reasons.accept("sampled", sampled.sum());
    }

    /** How many events were refused because there was no room. */
    public long refused() {
        return refused.sum();
    }

    /** How often publishers waited for room. */
    public long blockedCount() {
        return blockedCount.sum();
    }

    /** How long publishers waited for room, all together, in nanoseconds. */
    public long blockedNs() {
        return blockedNs.sum();
    }
}
