package io.ringmain.internal.ring;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** A publisher and the first lane: an event is seen complete or not at all, and in the end it is seen. */
@JCStressTest
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The lane saw nothing yet; both are there in the end.")
@Outcome(id = "7, 1", expect = Expect.ACCEPTABLE, desc = "The lane saw a complete event.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The lane saw a gap or an event that was not complete, or one is lost.")
@State
public class SharedWriterStress {

    private final Ring<long[]> ring = StressRings.ring(true);
    private final SharedWriter<long[]> writer = new SharedWriter<>(ring);
    private final LaneCursor lane = new LaneCursor(ring, 16);

    /** A publisher that looks at the ring too. */
    @Actor
    public void publisher(JJ_Result result) {
        publish();
        long high = lane.poll();
        result.r1 = high < 0 ? 0 : ring.event(high)[0];
    }

    /** Another publisher. */
    @Actor
    public void other() {
        publish();
    }

    private void publish() {
        long sequence = writer.tryClaim(1);
        writer.event(sequence)[0] = 7;
        writer.publish(sequence, sequence, 5);
    }

    /** What is there in the end. */
    @Arbiter
    public void inTheEnd(JJ_Result result) {
        result.r2 = new LaneCursor(ring, 16).poll();
    }
}
