package io.ringmain.perf.topology;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The end of a way: counts numbers and adds up a hash of each, so that a lost or doubled number shows wherever the others went; and counts
 * the numbers that were overtaken by a later one of the same publisher.
 *
 * <p>Thread: one counts at a time; others ask.
 */
public final class Count {

    /** The bits above say which publisher a number is of. */
    static final int PUBLISHER_SHIFT = 40;

    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

    /** Words at both ends keep the others alone on their cache lines. */
    private static final int PADDING = 16;

    private static final int COUNT = PADDING;
    private static final int SUM = COUNT + 1;
    private static final int OVERTAKEN = SUM + 1;
    private static final int LAST = OVERTAKEN + 1;

    private final long[] words = new long[LAST + CountingSide.THREE + PADDING];

    /** Starts at nothing. */
    public Count() {
        Arrays.fill(words, LAST, LAST + CountingSide.THREE, -1);
    }

    /** Counts {@code number}. */
    public void add(long number) {
        long[] words = this.words;
        int last = LAST + (int) (number >>> PUBLISHER_SHIFT);
        if (number <= words[last]) {
            words[OVERTAKEN]++;
        }
        words[last] = number;
        long mixed = number * 0x9E37_79B9_7F4A_7C15L;
        words[SUM] += mixed ^ (mixed >>> 32);
        WORD.setRelease(words, COUNT, words[COUNT] + 1);
    }

    /** How many numbers came. Any thread. */
    long count() {
        return (long) WORD.getAcquire(words, COUNT);
    }

    /** The hash of the numbers that came, whatever their order. After {@link #count}. */
    long hash() {
        return words[SUM];
    }

    /** How many numbers came after a later one of the same publisher. After {@link #count}. */
    long overtaken() {
        return words[OVERTAKEN];
    }
}
