package io.ringmain.internal.run;

import java.util.List;
import java.util.function.IntSupplier;

/**
 * Wakes the workers of a pool, one at a time: a publication needs one of them, and that one calls the next if there is more.
 *
 * <p>Thread: any.
 */
public final class PoolCall implements Waiter {

    private final IntSupplier firstFree;
    private final LaneGroup[] workers;

    /** Makes the call to {@code workers}, by their numbers, of which {@code firstFree} has nothing to do; -1 for none. */
    public PoolCall(IntSupplier firstFree, List<LaneGroup> workers) {
        this.firstFree = firstFree;
        this.workers = workers.toArray(new LaneGroup[0]);
    }

    /** Wakes the first worker that has nothing to do. The caller has fenced. */
    @Override
    public void wakeIfAsleep() {
        int free = firstFree.getAsInt();
        if (free >= 0) {
            workers[free].wakeIfAsleep();
        }
    }
}
