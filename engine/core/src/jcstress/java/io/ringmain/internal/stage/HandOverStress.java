package io.ringmain.internal.stage;

import io.ringmain.internal.ring.LaneProgress;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.ring.RingWriter;
import io.ringmain.internal.ring.Slot;
import io.ringmain.spi.EventType;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A lane that takes a group over at slot 1 sees all that the lane before did for slot 0, in the event and in the user's stage. */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Not there yet: the lane stands.")
@Outcome(id = "7, 8", expect = Expect.ACCEPTABLE, desc = "Taken over with everything that was done.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Taken over, but something is missing.")
@State
public class HandOverStress {

    private static final EventType<long[]> NUMBER =
            EventType.of(() -> new long[1], number -> number[0] = 0, (from, to) -> to[0] = from[0]);

    private final Ring<long[]> ring = Ring.of(NUMBER, 4, false, () -> {});
    private final LaneProgress before = new LaneProgress();
    private final LaneProgress own = new LaneProgress();
    private final Part part;
    private int state;

    /** Publishes an event and the change. */
    public HandOverStress() {
        ring.gateOn(new LaneProgress());
        var partition = new Partition("stress", 0, 2, ring.columns());
        part = new Part(partition, 1);
        partition.follow(List.of(before, own));
        var writer = new RingWriter<>(ring, false);
        writer.claim(0, 0);
        writer.commit(0);
        writer.control(Slot.REPARTITION, Slot.lanesOf(0, 1), 0);
        own.release(0);
    }

    /** The lane that has the group: works on slot 0 and passes it on. */
    @Actor
    public void laneBefore() {
        ring.event(0)[0] = 8;
        state = 7;
        before.release(0);
    }

    /** The lane that gets the group. */
    @Actor
    public void laneBehind(II_Result result) {
        if (part.takeOver(1)) {
            result.r1 = state;
            result.r2 = (int) ring.event(0)[0];
        }
    }
}
