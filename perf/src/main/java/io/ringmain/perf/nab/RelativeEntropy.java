package io.ringmain.perf.nab;

import java.util.ArrayList;
import java.util.List;

/**
 * A baseline of the benchmark: whether the histogram of the last 52 values, in 5 bins, agrees with one seen before (C. Wang et al., "Statistical Techniques for Online Anomaly Detection in
 * Data Centers", 2011), with the parameters that the benchmark tuned. It is told the least and the largest value of the whole series beforehand, which a stream cannot know.
 */
final class RelativeEntropy implements Detector {

    private static final int BINS = 5;
    private static final int WINDOW = 52;
    /** Where the chi-squared distribution with 4 degrees of freedom has 1 % left. */
    private static final double DISAGREEMENT = 13.276704135987622;

    private final double least;
    private final double binWidth;
    private final int[] bins = new int[WINDOW];
    private final int[] counts = new int[BINS];
    private final List<double[]> hypotheses = new ArrayList<>();
    private long seen;

    RelativeEntropy(Series series) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (int row = 0; row < series.rows(); row++) {
            min = Math.min(min, series.value(row));
            max = Math.max(max, series.value(row));
        }
        least = min;
        binWidth = (max - min) / BINS;
    }

    @Override
    public double score(long timeNs, double value) {
        if (binWidth == 0) {
            return 0;
        }
        int slot = (int) (seen % WINDOW);
        if (seen >= WINDOW) {
            counts[bins[slot]]--;
        }
        // The last bin holds both of its ends, and the first only the least value of all and what is within one width
        // of it.
        bins[slot] = Math.min(BINS - 1, (int) Math.ceil((value - least) / binWidth));
        counts[bins[slot]]++;
        seen++;
        if (seen < WINDOW || agrees()) {
            return 0;
        }
        double[] shares = new double[BINS];
        for (int bin = 0; bin < BINS; bin++) {
            shares[bin] = counts[bin] / (double) WINDOW;
        }
        hypotheses.add(shares);
        // The first histogram is what all begins with, not a disagreement.
        return hypotheses.size() == 1 ? 0 : 1;
    }

    private boolean agrees() {
        for (double[] hypothesis : hypotheses) {
            double entropy = 0;
            for (int bin = 0; bin < BINS; bin++) {
                if (counts[bin] > 0) {
                    double share = counts[bin] / (double) WINDOW;
                    entropy += share * Math.log(share / hypothesis[bin]);
                }
            }
            if (2 * WINDOW * entropy < DISAGREEMENT) {
                return true;
            }
        }
        return false;
    }
}
