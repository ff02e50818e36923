package io.ringmain.window;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * When a measure of a window is unusual: above so many times its baseline, or for a {@link Baseline.Median} so many deviations above it.
 *
 * <p>Thread: any.
 *
 * @param measure what is looked at, such as {@code count}
 * @param above how many times, or how many deviations, more than 0
 * @param baseline what is usual
 * @param samplesMin windows that must have come before one is judged, at least 1; for a {@link Baseline.HourOfDay} of the same hour
 * @param severity how bad it is
 */
public record AnomalyRule(String measure, double above, Baseline baseline, int samplesMin, Severity severity) {

    /** What people read: an average of 20.000000000000004 is 20. */
    private static final MathContext DIGITS = new MathContext(6);

    /** Checks the bounds. */
    public AnomalyRule {
        requireNonNull(measure, "measure");
        requireNonNull(baseline, "baseline");
        requireNonNull(severity, "severity");
        if (!(above > 0) || Double.isInfinite(above)) {
            throw new IllegalArgumentException("rule " + measure + ".above: " + above + " (expected: > 0)");
        }
        if (samplesMin < 1) {
            throw new IllegalArgumentException("rule " + measure + ".samplesMin: " + samplesMin + " (expected: >= 1)");
        }
        boolean isTooMany = (baseline instanceof Baseline.Mean mean && samplesMin > mean.windows())
                || (baseline instanceof Baseline.Median median && samplesMin > median.windows());
        if (isTooMany) {
            throw new IllegalArgumentException("rule " + measure + ".samplesMin: " + samplesMin
                    + " (expected: at most as many windows as the baseline has)");
        }
    }

    /** Returns a rule for counts: a window of more than {@code times} the baseline is a spike, {@link Severity#CRITICAL}. */
    public static AnomalyRule spike(String measure, double times, Baseline baseline) {
        return new AnomalyRule(measure, times, baseline, 1, Severity.CRITICAL);
    }

    /** Returns a rule for averages: one of more than {@code times} the baseline is {@link Severity#HIGH}. */
    public static AnomalyRule high(String measure, double times, Baseline baseline) {
        return new AnomalyRule(measure, times, baseline, 1, Severity.HIGH);
    }

    /** Returns this rule, judging only what has {@code samplesMin} windows before it. */
    public AnomalyRule after(int samplesMin) {
        return new AnomalyRule(measure, above, baseline, samplesMin, severity);
    }

    String reason(double value, double usual) {
        String unit = baseline instanceof Baseline.Median ? " deviations above" : " times";
        return measure + ' ' + number(value) + ": more than " + number(above) + unit + " the usual " + number(usual);
    }

    private static String number(double number) {
        if (number == Math.rint(number) && Math.abs(number) < 1e15) {
            return Long.toString((long) number);
        }
        double far = Math.abs(number);
        return far >= 1e-6 && far < 1e15
                ? BigDecimal.valueOf(number).round(DIGITS).stripTrailingZeros().toPlainString()
                : Double.toString(number);
    }
}
