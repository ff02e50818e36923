package io.ringmain.internal.stage;

/**
 * Which sequences are a lane's own when several lanes share the work: every so manieth block.
 *
 * @param index which of the lanes, from 0
 * @param count how many lanes there are, at least 1
 * @param blockBits the binary logarithm of the sequences in a block
 */
public record Stripe(int index, int count, int blockBits) {

    /** All sequences, for a lane that shares with none. */
    public static final Stripe ALL = new Stripe(0, 1, 62);

    private static final int BLOCK_MAX = 256;

    /** Returns a stripe of a ring that holds {@code bound} slots: blocks so small that all lanes have some at a time. */
    public static Stripe of(int index, int count, int bound) {
        int block = Math.min(BLOCK_MAX, Integer.highestOneBit(Math.max(1, bound / (2 * count))));
        return new Stripe(index, count, Integer.numberOfTrailingZeros(block));
    }

    boolean isOwn(long sequence) {
        return (sequence >>> blockBits) % count == index;
    }

    long lastOfBlock(long sequence) {
        return sequence | ((1L << blockBits) - 1);
    }
}
