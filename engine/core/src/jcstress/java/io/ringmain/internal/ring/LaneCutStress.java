package io.ringmain.internal.ring;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Two threads cut a lane off: the earlier cut holds, whoever comes first. */
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "The earlier cut, at 3, holds.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The later cut won: the lane waits for events that never come.")
@State
public class LaneCutStress {

    private final LaneCursor lane = new LaneCursor(StressRings.ring(false), 16);

    /** Cuts early. */
    @Actor
    public void early() {
        lane.cutAt(3);
    }

    /** Cuts late. */
    @Actor
    public void late() {
        lane.cutAt(5);
    }

    /** Where the lane ends. */
    @Arbiter
    public void inTheEnd(ZZ_Result result) {
        result.r1 = lane.atCut(3);
        result.r2 = lane.atCut(2);
    }
}
