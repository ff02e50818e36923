package io.ringmain.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Numbers of many groups, for their percentiles: counted once they are rounded to eight binary digits, which is wrong by 0.4 % at most, and not at all for whole numbers up to 256. Any finite number
 * will do, also below zero.
 *
 * <p>What is rounded so is the same in any order, and counts are added: a merge is exact. (As HdrHistogram and DDSketch do it; neither has numbers of both signs and any size in the same
 * way whatever comes first.) Each rounded number of a group takes 12 bytes; when all groups together have {@value #NUMBERS_MAX}, values that round to others are left out.
 *
 * <p>Thread: one. Allocates when a group has a rounded number that it had not.
 */
public final class Percentiles implements GroupState<Percentiles> {

    /** The most rounded numbers of all groups together. */
    public static final int NUMBERS_MAX = 4_000_000;

    // Of the 52 behind the first digit, which is not written.
    private static final int BITS_LEFT_OUT = 45;
    private static final int INDEX_MAX = (int) (Double.doubleToRawLongBits(Double.MAX_VALUE) >>> BITS_LEFT_OUT);
    private static final int[] NO_INDEXES = {};
    private static final long[] NO_COUNTS = {};

    // By group: the rounded numbers in their order, and how often each came.
    private int[][] indexes = {};
    private long[][] counts = {};
    private int[] lengths = {};
    private int numbers;

    private long leftOut;

    /** Makes percentiles of no groups. */
    public Percentiles() {}

    /** Makes room for groups with numbers below {@code capacity}. */
    @Override
    public void grow(int capacity) {
        int before = indexes.length;
        indexes = Arrays.copyOf(indexes, capacity);
        Arrays.fill(indexes, before, capacity, NO_INDEXES);
        counts = Arrays.copyOf(counts, capacity);
        Arrays.fill(counts, before, capacity, NO_COUNTS);
        lengths = Arrays.copyOf(lengths, capacity);
    }

    /** Takes a number into a group; one that is not finite counts as the greatest. */
    public void add(int group, double number) {
        add(group, index(number), 1);
    }

    /** How many numbers found no room. */
    public long leftOut() {
        return leftOut;
    }

    /** The number, rounded, as a whole one with the same order. */
    private static int index(double number) {
        long bits = Double.doubleToRawLongBits(Math.abs(number));
        int index = (int) Math.min((bits + (1L << (BITS_LEFT_OUT - 1))) >>> BITS_LEFT_OUT, INDEX_MAX);
        return number < 0 ? -index : index;
    }

    private static double number(int index) {
        double size = Double.longBitsToDouble((long) Math.abs(index) << BITS_LEFT_OUT);
        return index < 0 ? -size : size;
    }

    private void add(int group, int index, long times) {
        int place = Arrays.binarySearch(indexes[group], 0, lengths[group], index);
        if (place >= 0) {
            counts[group][place] += times;
        } else if (numbers == NUMBERS_MAX) {
            leftOut += times;
        } else {
            insert(group, -place - 1, index, times);
        }
    }

    private void insert(int group, int place, int index, long times) {
        int length = lengths[group];
        if (length == indexes[group].length) {
            int more = Math.max(4, 2 * length);
            indexes[group] = Arrays.copyOf(indexes[group], more);
            counts[group] = Arrays.copyOf(counts[group], more);
        }
        System.arraycopy(indexes[group], place, indexes[group], place + 1, length - place);
        System.arraycopy(counts[group], place, counts[group], place + 1, length - place);
        indexes[group][place] = index;
        counts[group][place] = times;
        lengths[group]++;
        numbers++;
    }

    /** Takes in the numbers of a group of {@code from}. */
    @Override
    public void merge(int group, Percentiles from, int fromGroup) {
        for (int i = 0; i < from.lengths[fromGroup]; i++) {
            add(group, from.indexes[fromGroup][i], from.counts[fromGroup][i]);
        }
    }

    /** Forgets the numbers of a group. */
    @Override
    public void clear(int group) {
        numbers -= lengths[group];
        lengths[group] = 0;
    }

    /** Writes the groups with numbers below {@code count}. */
    @Override
    public void save(DataOutput out, int count) throws IOException {
        for (int group = 0; group < count; group++) {
            out.writeInt(lengths[group]);
            for (int i = 0; i < lengths[group]; i++) {
                out.writeInt(indexes[group][i]);
                out.writeLong(counts[group][i]);
            }
        }
    }

    /** Takes over what {@link #save} wrote of {@code count} groups, of which nothing is known yet. */
    @Override
    public void load(DataInput in, int count) throws IOException {
        for (int group = 0; group < count; group++) {
            for (int left = in.readInt(); left > 0; left--) {
                insert(group, lengths[group], in.readInt(), in.readLong());
            }
        }
    }

    /** The least number of a group that so many percent are not above, the nearest rank; not a number if there is none. */
    public double of(int group, double percent) {
        long all = 0;
        for (int i = 0; i < lengths[group]; i++) {
            all += counts[group][i];
        }
        if (all == 0) {
            return Double.NaN;
        }
        // Less what a product such as 99.9 * 1000 may be too large by.
        long rank = Math.max(1, (long) Math.ceil(percent * all / 100 - 1e-9));
        int place = 0;
        for (long below = counts[group][0]; below < rank; below += counts[group][place]) {
            place++;
        }
        return number(indexes[group][place]);
    }
}
