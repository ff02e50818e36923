package io.ringmain.internal.ring;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;

/** The one writer publishes two events at once: the first lane sees both or none, complete with their columns. */
@JCStressTest
@Outcome(id = "-1, 0, 0", expect = Expect.ACCEPTABLE, desc = "Not published yet.")
@Outcome(id = "1, 7, 42", expect = Expect.ACCEPTABLE, desc = "Both are published, with event and position.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Seen before it was complete, or only in part.")
@State
public class RingWriterStress {

    private final Ring<long[]> ring = StressRings.ring(false);
    private final RingWriter<long[]> writer = new RingWriter<>(ring, false);
    private final LaneCursor lane = new LaneCursor(ring, 16);

    /** The one writer. */
    @Actor
    public void writer() {
        fill(41);
        fill(42);
        writer.commit(5);
    }

    private void fill(long position) {
        long[] number = writer.claim(0, position);
        if (number != null) {
            number[0] = 7;
        }
    }

    /** The first lane. */
    @Actor
    public void firstLane(JJJ_Result result) {
        result.r1 = lane.poll();
        if (result.r1 >= 0) {
            result.r2 = ring.event(result.r1)[0];
            result.r3 = ring.columns().position(result.r1);
        }
    }
}
