package io.ringmain.internal.edge;

/**
 * Decides by number which events a sample takes: a function of the seed and the number only, so that a run repeats and threads share
 * no state. The mixing is that of SplitMix64.
 *
 * <p>Thread: any.
 *
 * @param rate the share taken
 * @param seed decides which
 */
public record Coin(double rate, long seed) {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** Whether the event with this number is taken. */
    public boolean takes(long number) {
        return takes(number, rate);
    }

    /** Whether the event with this number is taken when the share is {@code share}; what a share takes, a larger one takes too. */
    boolean takes(long number, double share) {
        return (mix(mix(seed) + (number + 1) * GOLDEN) >>> 11) * 0x1.0p-53 < share;
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
