package io.ringmain.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What is usual for one series of windows, so far.
 *
 * <p>Thread: one. Nothing is allocated once it has begun.
 */
abstract sealed class BaselineState {

    static final int HOURS = 24;
    private static final long NANOS_PER_HOUR = 3_600_000_000_000L;

    /** Begins without any window. */
    static BaselineState of(Baseline baseline) {
        if (baseline instanceof Baseline.Mean mean) {
            return new OfLast(mean.windows(), false);
        }
        if (baseline instanceof Baseline.Median median) {
            return new OfLast(median.windows(), true);
        }
        if (baseline instanceof Baseline.Ewma ewma) {
            return new OfMeans(ewma.alpha(), 1);
        }
        return baseline instanceof Baseline.HourOfDay hours ? new OfMeans(hours.alpha(), HOURS) : new OfMeans(0, 1);
    }

    /** How many windows are behind what is usual at {@code startNs}. */
    abstract int samples(long startNs);

    /** What is usual at {@code startNs}; there must be a sample. */
    abstract double usual(long startNs);

    /** Up to where a window is usual if {@code above} is what a rule allows. */
    abstract double limit(long startNs, double above);

    /** Learns a window. */
    abstract void add(long startNs, double value);

    abstract void save(DataOutput out) throws IOException;

    abstract void load(DataInput in) throws IOException;

    /** Means, one or one for each hour of the day; with a weight of 0 the first value stays. */
    static final class OfMeans extends BaselineState {
        private final double alpha;
        private final double[] means;
        private final int[] samples;

        OfMeans(double alpha, int count) {
            this.alpha = alpha;
            means = new double[count];
            samples = new int[count];
        }

        private int at(long startNs) {
            return means.length == 1 ? 0 : (int) Math.floorMod(Math.floorDiv(startNs, NANOS_PER_HOUR), (long) HOURS);
        }

        @Override
        int samples(long startNs) {
            return samples[at(startNs)];
        }

        @Override
        double usual(long startNs) {
            return means[at(startNs)];
        }

        @Override
        double limit(long startNs, double above) {
            return above * usual(startNs);
        }

        @Override
        void add(long startNs, double value) {
            int at = at(startNs);
            means[at] += samples[at] == 0 ? value : alpha * (value - means[at]);
            samples[at] = Math.min(Integer.MAX_VALUE - 1, samples[at] + 1);
        }

        @Override
        void save(DataOutput out) throws IOException {
            for (int i = 0; i < means.length; i++) {
                out.writeDouble(means[i]);
                out.writeInt(samples[i]);
            }
        }

        @Override
        void load(DataInput in) throws IOException {
            for (int i = 0; i < means.length; i++) {
                means[i] = in.readDouble();
                samples[i] = in.readInt();
            }
        }
    }

    /** The last few windows themselves: their mean, or their median. */
    static final class OfLast extends BaselineState {
        /** The deviation of a normal distribution is so many median deviations. */
        private static final double NORMAL = 1.4826;
        /** Where more than half of the windows are the same, a deviation is this part of them. */
        private static final double DEVIATION_SHARE_MIN = 0.01;

        private final boolean isMedian;
        private final double[] last;
        private final double[] sorted;
        private int samples;
        private int next;

        OfLast(int windows, boolean isMedian) {
            this.isMedian = isMedian;
            last = new double[windows];
            sorted = new double[windows];
        }

        @Override
        int samples(long startNs) {
            return samples;
        }

        @Override
        double usual(long startNs) {
            if (isMedian) {
                System.arraycopy(last, 0, sorted, 0, samples);
                return median();
            }
            double sum = 0;
            for (int i = 0; i < samples; i++) {
                sum += last[i];
            }
            return sum / samples;
        }

        @Override
        double limit(long startNs, double above) {
            double usual = usual(startNs);
            if (!isMedian) {
                return above * usual;
            }
            for (int i = 0; i < samples; i++) {
                sorted[i] = Math.abs(last[i] - usual);
            }
            return usual + above * Math.max(NORMAL * median(), DEVIATION_SHARE_MIN * Math.abs(usual));
        }

        private double median() {
            Arrays.sort(sorted, 0, samples);
            return (sorted[(samples - 1) / 2] + sorted[samples / 2]) / 2;
        }

        @Override
        void add(long startNs, double value) {
            last[next] = value;
            next = (next + 1) % last.length;
            samples = Math.min(last.length, samples + 1);
        }

        @Override
        void save(DataOutput out) throws IOException {
            out.writeInt(samples);
            out.writeInt(next);
            for (int i = 0; i < samples; i++) {
                out.writeDouble(last[i]);
            }
        }

        @Override
        void load(DataInput in) throws IOException {
            samples = in.readInt();
            next = in.readInt();
            if (samples < 0 || samples > last.length || next < 0 || next >= last.length) {
                throw new IOException("baseline: " + samples + " windows (expected: <= " + last.length + ')');
            }
            for (int i = 0; i < samples; i++) {
                last[i] = in.readDouble();
            }
        }
    }
}
