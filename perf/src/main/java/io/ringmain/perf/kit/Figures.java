package io.ringmain.perf.kit;

import java.util.Arrays;

/** A few figures of the same kind, such as one per round. */
public final class Figures {

    private final double[] values;
    private int count;

    /** Makes room for {@code countMax} figures. */
    public Figures(int countMax) {
        values = new double[countMax];
    }

    /** Adds a figure. */
    public void add(double value) {
        values[count] = value;
        count++;
    }

    /** The median; of an even number the mean of the two in the middle. */
    public double median() {
        double[] sorted = sorted();
        return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    }

    /** The smallest. */
    public double min() {
        return sorted()[0];
    }

    /** The largest. */
    public double max() {
        return sorted()[count - 1];
    }

    private double[] sorted() {
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted;
    }
}
