package io.ringmain.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Numbers of many groups, for their average and variance. The mean and the squared distances from it are carried on with each number (B. P. Welford, Technometrics 4, 1962), and those of two parts
 * put together (T. F. Chan et al., Updating Formulae and a Pairwise Algorithm, 1979), so that numbers far from zero lose nothing.
 *
 * <p>Thread: one. Allocates when it grows.
 */
public final class Moments implements GroupState<Moments> {

    private long[] counts = {};
    private double[] means = {};
    private double[] squares = {};

    /** Makes moments of no groups. */
    public Moments() {}

    /** Makes room for groups with numbers below {@code capacity}. */
    @Override
    public void grow(int capacity) {
        counts = Arrays.copyOf(counts, capacity);
        means = Arrays.copyOf(means, capacity);
        squares = Arrays.copyOf(squares, capacity);
    }

    /** Takes a number into a group. */
    public void add(int group, double number) {
        counts[group]++;
        double before = number - means[group];
        means[group] += before / counts[group];
        squares[group] += before * (number - means[group]);
    }

    /** Takes in the numbers of a group of {@code from}. */
    @Override
    public void merge(int group, Moments from, int fromGroup) {
        long other = from.counts[fromGroup];
        if (other == 0) {
            return;
        }
        double own = counts[group];
        double all = own + other;
        double apart = from.means[fromGroup] - means[group];
        counts[group] += other;
        means[group] += apart * (other / all);
        squares[group] += from.squares[fromGroup] + apart * apart * (own * (other / all));
    }

    /** Forgets the numbers of a group. */
    @Override
    public void clear(int group) {
        counts[group] = 0;
        means[group] = 0;
        squares[group] = 0;
    }

    /** The average of a group's numbers; not a number if there is none. */
    public double mean(int group) {
        return counts[group] == 0 ? Double.NaN : means[group];
    }

    /** The variance of a sample: the squared distances from the average, divided by one less than there are; not a number for fewer than two. */
    public double variance(int group) {
        return counts[group] < 2 ? Double.NaN : squares[group] / (counts[group] - 1);
    }

    /** Writes the groups with numbers below {@code count}. */
    @Override
    public void save(DataOutput out, int count) throws IOException {
        for (int group = 0; group < count; group++) {
            out.writeLong(counts[group]);
            out.writeDouble(means[group]);
            out.writeDouble(squares[group]);
        }
    }

    /** Takes over what {@link #save} wrote of {@code count} groups, of which nothing is known yet. */
    @Override
    public void load(DataInput in, int count) throws IOException {
        for (int group = 0; group < count; group++) {
            counts[group] = in.readLong();
            means[group] = in.readDouble();
            squares[group] = in.readDouble();
        }
    }
}
