package io.ringmain.window;

/** How bad something is, in four words. */
public enum Severity {
    /** Less than 0.3. */
    LOW,
    /** Less than 0.6. */
    MEDIUM,
    /** Less than 0.9. */
    HIGH,
    /** 0.9 and more. */
    CRITICAL;

    private static final double MEDIUM_FROM = 0.3;
    private static final double HIGH_FROM = 0.6;
    private static final double CRITICAL_FROM = 0.9;

    /** The word for a score from 0 to 1; for what is not a number it is {@link #LOW}. */
    public static Severity of(double score) {
        if (score >= CRITICAL_FROM) {
            return CRITICAL;
        }
        if (score >= HIGH_FROM) {
            return HIGH;
        }
        return score >= MEDIUM_FROM ? MEDIUM : LOW;
    }
}
