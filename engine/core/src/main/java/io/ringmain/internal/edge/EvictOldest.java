package io.ringmain.internal.edge;

import io.ringmain.internal.counters.Counter;
import java.util.function.ObjLongConsumer;

/** Takes everybody; in a full room whoever has waited longest must go. */
final class EvictOldest implements Admission {

    private final WaitingRoom<?> room;
    private final Counter evicted = new Counter();

    EvictOldest(WaitingRoom<?> room) {
        this.room = room;
    }

    @Override
    public Verdict admit(int entry) {
        if (room.isFull()) {
            room.remove(room.oldest(0));
            evicted.add(1);
        }
        room.append(entry, 0);
        return Verdict.WAITS;
    }

    @Override
    public void eachDrop(ObjLongConsumer<String> reasons) {
        reasons.accept("dropped_oldest", evicted.value());
    }
}
