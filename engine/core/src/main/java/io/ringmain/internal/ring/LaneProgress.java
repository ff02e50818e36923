package io.ringmain.internal.ring;

import com.lmax.disruptor.Sequence;

/** How far a lane has come: written by the lane, read by the lanes and writers behind it. */
public final class LaneProgress {

    private final Sequence sequence = new Sequence();

    /** The last sequence that the lane has passed; everything that it wrote up to there is visible to the caller. */
    public long acquire() {
        return sequence.get();
    }

    /** Passes everything up to {@code value} on. The lane only. */
    public void release(long value) {
        sequence.set(value);
    }

    Sequence sequence() {
        return sequence;
    }
}
