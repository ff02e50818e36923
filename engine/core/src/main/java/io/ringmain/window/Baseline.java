package io.ringmain.window;

/**
 * What a window is compared with: what is usual, by the windows before it.
 *
 * <p>Thread: any.
 */
public sealed interface Baseline {

    /** So many windows a {@link Mean} or {@link Median} remembers at most. */
    int WINDOWS_MAX = 1000;

    /** Returns the first window, for ever. */
    static Baseline first() {
        return new First();
    }

    /** Returns the mean of the last {@code windows}. */
    static Baseline mean(int windows) {
        return new Mean(windows);
    }

    /** Returns a mean in which each window counts for {@code alpha}, and all before it for the rest. */
    static Baseline ewma(double alpha) {
        return new Ewma(alpha);
    }

    /** Returns the median of the last {@code windows}; a rule then counts in deviations from it, not in multiples of it. */
    static Baseline median(int windows) {
        return new Median(windows);
    }

    /** Returns, as {@link #ewma}, the mean of the windows that begin in the same hour of the day (UTC). */
    static Baseline hourOfDay(double alpha) {
        return new HourOfDay(alpha);
    }

    /** The first window. */
    record First() implements Baseline {}

    /**
     * A mean of some.
     *
     * @param windows of how many, 1 to {@value Baseline#WINDOWS_MAX}
     */
    record Mean(int windows) implements Baseline {

        /** Checks the bounds. */
        public Mean {
            requireWindows("mean", windows);
        }
    }

    /**
     * An exponentially weighted mean.
     *
     * @param alpha what the newest window counts, above 0, at most 1
     */
    record Ewma(double alpha) implements Baseline {

        /** Checks the bounds. */
        public Ewma {
            requireAlpha("ewma", alpha);
        }
    }

    /**
     * A median of some.
     *
     * @param windows of how many, 1 to {@value Baseline#WINDOWS_MAX}
     */
    record Median(int windows) implements Baseline {

        /** Checks the bounds. */
        public Median {
            requireWindows("median", windows);
        }
    }

    /**
     * An exponentially weighted mean for each hour of the day.
     *
     * @param alpha what the newest window of that hour counts, above 0, at most 1
     */
    record HourOfDay(double alpha) implements Baseline {

        /** Checks the bounds. */
        public HourOfDay {
            requireAlpha("hour of day", alpha);
        }
    }

    private static void requireWindows(String name, int windows) {
        if (windows < 1 || windows > WINDOWS_MAX) {
            throw new IllegalArgumentException(
                    "baseline." + name + ": " + windows + " windows (expected: 1 to " + WINDOWS_MAX + ')');
        }
    }

    private static void requireAlpha(String name, double alpha) {
        if (!(alpha > 0 && alpha <= 1)) {
            throw new IllegalArgumentException("baseline." + name + ": " + alpha + " (expected: > 0, <= 1)");
        }
    }
}
