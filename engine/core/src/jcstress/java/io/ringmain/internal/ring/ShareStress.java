package io.ringmain.internal.ring;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Two lanes share four events, one at a time; the lane behind them, on the thread of the second, looks at those that it may take. */
@JCStressTest
@Outcome(
        id = {"0", "1", "2", "3", "4"},
        expect = Expect.ACCEPTABLE,
        desc = "The events that came through were worked on.")
@Outcome(expect = Expect.FORBIDDEN, desc = "An event came through before a lane had worked on it.")
@State
public class ShareStress {

    private static final int EVENTS = 4;

    private final Ring<long[]> ring = StressRings.ring(false);
    private final Share share = new Share(1);
    private final LaneCursor one = new LaneCursor(ring, share, 0);
    private final LaneCursor two = new LaneCursor(ring, share, 1);
    private final LaneCursor behind = new LaneCursor(ring, 16, share.progress(), one.progress(), two.progress());

    /** Publishes the events. */
    public ShareStress() {
        var writer = new RingWriter<>(ring, false);
        for (int i = 0; i < EVENTS; i++) {
            writer.claim(0, i);
        }
        writer.commit(0);
    }

    private void work(LaneCursor lane) {
        for (long high = lane.poll(); high >= lane.next(); high = lane.poll()) {
            ring.event(high)[0] = 1;
            lane.pass(high);
        }
    }

    /** The first lane. */
    @Actor
    public void one() {
        work(one);
    }

    /** The second lane, then how many events came through; 10 more for each that was not worked on. */
    @Actor
    public void twoAndBehind(I_Result result) {
        work(two);
        long high = behind.poll();
        for (long sequence = 0; sequence <= high; sequence++) {
            result.r1 += ring.event(sequence)[0] == 1 ? 1 : 10;
        }
    }
}
