package io.ringmain.internal.ring;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;

/** Asks, without waiting, how far a lane may go. One per lane, so that no lane can stall another. */
public final class RingPoll {

    private final SequenceBarrier barrier;
    private final boolean first;

    RingPoll(SequenceBarrier barrier, boolean first) {
        this.barrier = barrier;
        this.first = first;
    }

    /** Returns the highest sequence that may be worked on; below {@code next} when there is nothing. */
    public long available(long next) {
        if (!first) {
            // What a lane has passed was published: no need to look for gaps again.
            return barrier.getCursor();
        }
        try {
            return barrier.waitFor(next);
        } catch (AlertException | InterruptedException | TimeoutException e) {
            throw new IllegalStateException("A polling barrier neither waits nor is ever alerted.", e);
        }
    }

    /** How far everything before the lane has come, gaps included. */
    long upstream() {
        return barrier.getCursor();
    }
}
