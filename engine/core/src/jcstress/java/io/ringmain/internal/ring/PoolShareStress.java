package io.ringmain.internal.ring;

import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A worker of a pool takes the one event that is there while another is published. If the publisher holds the worker for free, it wakes nobody
 * else; then the worker must find the second event when it looks once more, or that would wait until the first is done.
 */
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The worker found the second event.")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The publisher calls the other worker.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Both.")
@Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = "Nobody looks after the second event.")
@State
public class PoolShareStress {

    private static final int WORKERS = 2;

    private final Ring<long[]> ring = StressRings.ring(false);
    private final RingWriter<long[]> writer = new RingWriter<>(ring, false);
    private final PoolShare share = new PoolShare(WORKERS, WORKERS, 1);
    private final LaneCursor worker = new LaneCursor(ring, share, 0);
    private int found;

    /** Connects the workers, as assembly does, and publishes the first event. */
    public PoolShareStress() {
        share.add(0, worker);
        share.add(1, new LaneCursor(ring, share, 1));
        share.onCall(() -> found = 1, () -> {});
        publish(0);
    }

    private void publish(long position) {
        writer.claim(0, position);
        writer.commit(0);
    }

    /** Takes the first event; 1 if it found the second as well. */
    @Actor
    public void worker(II_Result result) {
        worker.poll();
        result.r1 = found;
    }

    /** Publishes the second event and looks who is free, as a signal does; the number of the worker that it would wake. */
    @Actor
    public void publisher(II_Result result) {
        publish(1);
        VarHandle.fullFence();
        result.r2 = share.firstFree();
    }
}
