package io.ringmain.internal.ring;

import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;

/**
 * Never waits: {@code waitFor} becomes a poll that still respects the gaps of several producers. Who sleeps, and until when, is
 * decided in the {@code run} room, which each publication tells.
 */
final class PollingWaitStrategy implements WaitStrategy {

    private final Runnable published;

    PollingWaitStrategy(Runnable published) {
        this.published = published;
    }

    @Override
    public long waitFor(long sequence, Sequence cursor, Sequence dependentSequence, SequenceBarrier barrier) {
        return dependentSequence.get();
    }

    @Override
    public void signalAllWhenBlocking() {
        published.run();
    }
}
