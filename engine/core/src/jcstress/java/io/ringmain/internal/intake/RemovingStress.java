package io.ringmain.internal.intake;

import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.ring.RingWriter;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Source.Status;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Two threads remove the same source: one of them is told that he did. */
@JCStressTest
@Outcome(
        id = {"true, false", "false, true"},
        expect = Expect.ACCEPTABLE,
        desc = "One did it, the other came too late.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both were told that they did it, or nobody.")
@State
public class RemovingStress {

    private final SourceIntake<long[]> source;

    /** Makes the stream of a source that has nothing. */
    public RemovingStress() {
        Ring<long[]> ring = Ring.of(EventType.of(() -> new long[1]), 1, false, () -> {});
        var way = new Way<>(new RingWriter<>(ring, false), null);
        source = new SourceIntake<>("removed", (intake, max) -> Status.IDLE, way, 0, false);
    }

    /** Removes it. */
    @Actor
    public void one(ZZ_Result result) {
        result.r1 = source.stop();
    }

    /** Removes it too. */
    @Actor
    public void other(ZZ_Result result) {
        result.r2 = source.stop();
    }
}
