package io.ringmain.perf.nab;

/** A baseline of the benchmark: how far out a value lies in the normal distribution of the 6,400 values before it, which goes on by 100 values at a time. */
final class WindowedGaussian implements Detector {

    private static final int WINDOW = 6400;
    private static final int STEP = 100;
    private static final double DEVIATION_MIN = 1e-6;

    private final double[] window = new double[WINDOW];
    private final double[] step = new double[STEP];
    private int inWindow;
    private int inStep;
    private double mean;
    private double squares;
    private double deviation = 1;

    @Override
    public double score(long timeNs, double value) {
        double score = inWindow == 0 ? 0 : 1 - tail(Math.abs(value - mean) / deviation);
        if (inWindow < WINDOW) {
            window[inWindow++] = value;
            add(value, inWindow);
        } else {
            step[inStep++] = value;
            if (inStep == STEP) {
                slide();
            }
        }
        return score;
    }

    private void add(double value, int count) {
        double difference = value - mean;
        mean += difference / count;
        squares += difference * (value - mean);
        deviation = Math.sqrt(squares / count);
        if (deviation == 0) {
            deviation = DEVIATION_MIN;
        }
    }

    private void slide() {
        System.arraycopy(window, STEP, window, 0, WINDOW - STEP);
        System.arraycopy(step, 0, window, WINDOW - STEP, STEP);
        inStep = 0;
        mean = 0;
        squares = 0;
        for (int i = 0; i < WINDOW; i++) {
            add(window[i], i + 1);
        }
    }

    /** The share of a normal distribution above {@code z} deviations, for {@code z >= 0}: a series near the middle, a continued fraction (Laplace's) in the tail. */
    static double tail(double z) {
        double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
        if (z < 3) {
            double term = z;
            double sum = z;
            for (int i = 3; term > sum * 1e-17; i += 2) {
                term *= z * z / i;
                sum += term;
            }
            return 0.5 - density * sum;
        }
        double fraction = z;
        for (int i = 100; i > 0; i--) {
            fraction = z + i / fraction;
        }
        return density / fraction;
    }
}
