package io.ringmain.internal.ring;

/**
 * What lanes share that take blocks of one ring in turns, each whoever is free: how far the blocks are given out.
 *
 * <p>The protocol is that of the Disruptor's {@code WorkProcessor}, but a lane takes only what is published, and is out of the way
 * while it has nothing. The invariant: <em>everything up to {@link #given} is either done, or lies behind the progress of the
 * lane that has it</em>. So a lane first sets its progress to the end of what is given, and only then takes the next block; if another was
 * quicker, it gets out of the way again, and wakes the lanes behind, which it held back for that moment. Whoever comes behind reads {@link #given} first and the lanes' progress after it: if it
 * sees a block as given, it also sees the progress that holds it back.
 *
 * <p>Thread: any.
 */
public class Share {

    /** The progress of a lane that has no block. */
    static final long IDLE = Long.MAX_VALUE;

    private final LaneProgress given = new LaneProgress();
    private final int blockMax;
    private volatile long endsAt = Long.MAX_VALUE;

    /** Makes a share whose blocks have at most {@code blockMax} slots. */
    public Share(int blockMax) {
        this.blockMax = blockMax;
    }

    /** How many slots a lane takes at a time when {@code waiting} are there. */
    int block(long waiting) {
        return blockMax;
    }

    /** Whether the lane with this number takes any. */
    boolean admits(int index) {
        return true;
    }

    /** A lane has taken a block, and everything up to {@code known} is there. */
    void took(long last, RingPoll poll) {}

    /** The last sequence that was given to a lane. */
    long given() {
        return given.acquire();
    }

    /** Gives the slots after {@code from} up to {@code last} to the caller, unless another lane was quicker. */
    boolean take(long from, long last) {
        return given.sequence().compareAndSet(from, last);
    }

    /** Says that nothing comes after {@code sequence}. */
    void endAt(long sequence) {
        endsAt = sequence;
    }

    long endsAt() {
        return endsAt;
    }

    /** What lanes behind must read before the progress of the lanes. */
    public LaneProgress progress() {
        return given;
    }
}
