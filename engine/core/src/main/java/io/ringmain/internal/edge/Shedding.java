package io.ringmain.internal.edge;

import io.ringmain.config.WhenFull;
import io.ringmain.internal.counters.Counter;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import java.util.function.ToIntFunction;

/**
 * Takes everybody while there is room; in a full one the youngest of those who matter least must go, or the newcomer if none matters less.
 *
 * @param <E> the event
 */
final class Shedding<E> implements Admission {

    private final WaitingRoom<E> room;
    private final ToIntFunction<? super E> priority;
    private final Consumer<? super Exception> failed;
    private final Counter shed = new Counter();

    Shedding(WaitingRoom<E> room, ToIntFunction<? super E> priority, Consumer<? super Exception> failed) {
        this.room = room;
        this.priority = priority;
        this.failed = failed;
    }

    @Override
    public Verdict admit(int entry) {
        int own = priorityOf(entry);
        if (room.isFull()) {
            shed.add(1);
            int lowest = room.lowestPriority();
            if (lowest >= own) {
                return Verdict.DROPPED;
            }
            room.remove(room.youngest(lowest));
        }
        room.append(entry, own);
        return Verdict.WAITS;
    }

    private int priorityOf(int entry) {
        try {
            return Math.max(0, Math.min(WhenFull.PRIORITIES - 1, priority.applyAsInt(room.event(entry))));
        } catch (RuntimeException failure) {
            failed.accept(failure);
            return 0;
        }
    }

    @Override
    public void eachDrop(ObjLongConsumer<String> reasons) {
        reasons.accept("shed", shed.value());
    }
}
