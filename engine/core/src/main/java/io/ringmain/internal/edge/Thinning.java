package io.ringmain.internal.edge;

import io.ringmain.config.WhenFull.AdaptiveSample;
import io.ringmain.internal.counters.Counter;
import java.util.function.ObjLongConsumer;

/** Takes a smaller share the fuller the room is. */
final class Thinning implements Admission {

    private final WaitingRoom<?> room;
    private final AdaptiveSample policy;
    private final Coin coin;
    private final Counter sampled = new Counter();
    private final Counter droppedNewest = new Counter();
    private long number;

    Thinning(WaitingRoom<?> room, AdaptiveSample policy) {
        this.room = room;
        this.policy = policy;
        coin = new Coin(1, policy.seed());
    }

    @Override
    public Verdict admit(int entry) {
        boolean taken = coin.takes(number, share());
        number++;
        if (!taken) {
            sampled.add(1);
            return Verdict.DROPPED;
        }
        if (room.isFull()) {
            droppedNewest.add(1);
            return Verdict.DROPPED;
        }
        room.append(entry, 0);
        return Verdict.WAITS;
    }

    private double share() {
        double fill = (double) room.size() / room.bound();
        if (fill < policy.busyAt()) {
            return 1;
        }
        return fill < policy.crowdedAt() ? policy.busyRate() : policy.crowdedRate();
    }

    @Override
    public void eachDrop(ObjLongConsumer<String> reasons) {
        reasons.accept("sampled", sampled.value());
        reasons.accept("dropped_newest", droppedNewest.value());
    }
}
