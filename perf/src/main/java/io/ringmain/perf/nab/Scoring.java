package io.ringmain.perf.nab;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What detections are worth by the rules of the Numenta Anomaly Benchmark, standard profile (A. Lavin, S. Ahmad, "Evaluating Real-time Anomaly Detection Algorithms", 2015, and the code of
 * {@code numenta/NAB} where that says more):
 *
 * <ul>
 *   <li>A detection in a window is worth up to 1, less the later it is; only the best of a window counts.
 *   <li>A window without any costs 1.
 *   <li>Each detection outside costs up to 0.11, less if it is close behind a window.
 *   <li>The first 15 % of a series, at most 750 rows, count for nothing.
 *   <li>One threshold for all series, that which gives most.
 *   <li>0 is a detector that says nothing, 100 one that finds all windows at once and nothing else.
 * </ul>
 */
final class Scoring {

    private static final double FALSE_ALARM_WEIGHT = 0.11;
    private static final double PROBATION = 0.15;
    private static final int PROBATION_ROWS_MAX = 5000;
    /** So far behind a window, in its lengths, a false alarm has no more to do with it. */
    private static final double FAR = 3;

    private static final int NOWHERE = -1;

    /**
     * What came of it.
     *
     * @param threshold rows with at least this score are detections
     * @param sum what they are worth
     * @param normalised the same from 0 to 100
     * @param found windows with a detection
     * @param windows windows that were there to be found
     * @param falseAlarms detections outside of all windows
     */
    record Result(double threshold, double sum, double normalised, int found, int windows, int falseAlarms) {}

    /** A row that counts; {@code window} is a number over all series, or {@link #NOWHERE}. */
    private record Row(double score, double worth, int window) {}

    private final Row[] rows;
    private final int windows;
    /** With those of which no row counts, for 100 is having found all. */
    private final int windowsNamed;

    /** Makes the account of {@code corpus}, where {@code scores} has what a detector said to each row of each series. */
    Scoring(List<Series> corpus, List<double[]> scores) {
        int count = 0;
        for (Series series : corpus) {
            count += series.rows() - probation(series.rows());
        }
        rows = new Row[count];
        int filled = 0;
        int named = 0;
        for (int i = 0; i < corpus.size(); i++) {
            Series series = corpus.get(i);
            double[] worths = worths(series);
            for (int row = probation(series.rows()); row < series.rows(); row++) {
                int window = windowAt(series, row);
                rows[filled++] = new Row(scores.get(i)[row], worths[row], window == NOWHERE ? NOWHERE : named + window);
            }
            named += series.windows();
        }
        windowsNamed = named;
        windows = (int) Arrays.stream(rows)
                .mapToInt(Row::window)
                .filter(window -> window != NOWHERE)
                .distinct()
                .count();
        Arrays.sort(rows, Comparator.comparingDouble(Row::score).reversed());
    }

    /** With the threshold that gives most; the highest of those that give the same. */
    Result best() {
        Sweep sweep = new Sweep();
        Result best = sweep.result(Double.POSITIVE_INFINITY);
        for (int i = 0; i < rows.length; i++) {
            sweep.add(rows[i]);
            boolean isLastWithScore = i + 1 == rows.length || rows[i + 1].score < rows[i].score;
            if (isLastWithScore && sweep.sum > best.sum) {
                best = sweep.result(rows[i].score);
            }
        }
        return best;
    }

    /** With a threshold that was found elsewhere. */
    Result at(double threshold) {
        Sweep sweep = new Sweep();
        for (Row row : rows) {
            if (row.score >= threshold) {
                sweep.add(row);
            }
        }
        return sweep.result(threshold);
    }

    private final class Sweep {
        private final double[] bests = new double[windowsNamed];
        private double sum = -windows;
        private int found;
        private int falseAlarms;

        Sweep() {
            Arrays.fill(bests, -1);
        }

        void add(Row row) {
            if (row.window == NOWHERE) {
                sum += row.worth;
                falseAlarms++;
            } else {
                found += bests[row.window] == -1 ? 1 : 0;
                double better = Math.max(bests[row.window], row.worth);
                sum += better - bests[row.window];
                bests[row.window] = better;
            }
        }

        Result result(double threshold) {
            double normalised = windowsNamed == 0 ? 0 : 100 * (sum + windows) / (windowsNamed + windows);
            return new Result(threshold, sum, normalised, found, windows, falseAlarms);
        }
    }

    /** Rows at the start of a series of {@code rows} that do not count. */
    static int probation(int rows) {
        return (int) Math.min(Math.floor(PROBATION * rows), PROBATION * PROBATION_ROWS_MAX);
    }

    /** What a detection at each row is worth by itself. */
    static double[] worths(Series series) {
        double[] worths = new double[series.rows()];
        int next = 0;
        for (int row = 0; row < worths.length; row++) {
            if (next < series.windows() && row > series.windowEnd(next)) {
                next++;
            }
            if (next < series.windows() && row >= series.windowStart(next)) {
                double length = series.windowEnd(next) - series.windowStart(next) + 1;
                worths[row] = scaledSigmoid(-(series.windowEnd(next) - row + 1) / length) / scaledSigmoid(-1);
            } else if (next == 0) {
                worths[row] = -FALSE_ALARM_WEIGHT;
            } else {
                double length = series.windowEnd(next - 1) - series.windowStart(next - 1);
                worths[row] = FALSE_ALARM_WEIGHT * scaledSigmoid((row - series.windowEnd(next - 1)) / length);
            }
        }
        return worths;
    }

    private static int windowAt(Series series, int row) {
        for (int window = 0; window < series.windows(); window++) {
            if (row >= series.windowStart(window) && row <= series.windowEnd(window)) {
                return window;
            }
        }
        return NOWHERE;
    }

    /** From 1 to -1, 0 at the last row of a window; {@code position} counts in its lengths. */
    static double scaledSigmoid(double position) {
        return position > FAR ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
    }
}
