package io.ringmain.perf.kit;

/** Whether a measurement kept its bar, as exit codes: a bar that was missed is not the same as a measurement that broke. */
public final class Bar {

    /** The exit code of a measurement that kept its bar, or has none. */
    public static final int KEPT = 0;

    /** The exit code of a measurement that worked and missed its bar. */
    public static final int MISSED = 3;

    private Bar() {}

    /** Prints whether the bar was kept, and returns the exit code. */
    public static int report(boolean kept) {
        System.out.println(kept ? "bar kept" : "BAR NOT KEPT");
        return kept ? KEPT : MISSED;
    }
}
