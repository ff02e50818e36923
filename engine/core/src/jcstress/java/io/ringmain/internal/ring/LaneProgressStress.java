package io.ringmain.internal.ring;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JIJ_Result;

/** Columns and events are written plainly: whoever sees the lane's progress sees them. */
@JCStressTest
@Outcome(id = "-1, .*", expect = Expect.ACCEPTABLE, desc = "Not passed yet: what is in the slot is nobody's business.")
@Outcome(id = "0, 8, 7", expect = Expect.ACCEPTABLE, desc = "Passed: verdict and event are there.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Passed, but something that the lane wrote is missing.")
@State
public class LaneProgressStress {

    private final Ring<long[]> ring = StressRings.ring(false);
    private final LaneProgress progress = new LaneProgress();

    /** The lane before: changes the event, ends its way, passes it on. */
    @Actor
    public void laneBefore() {
        ring.event(0)[0] = 7;
        ring.columns().mark(0, Slot.FILTERED);
        progress.release(0);
    }

    /** The lane behind. */
    @Actor
    public void laneBehind(JIJ_Result result) {
        result.r1 = progress.acquire();
        result.r2 = ring.columns().mark(0);
        result.r3 = ring.event(0)[0];
    }
}
