package io.ringmain.window;

import io.ringmain.spi.EventType;
import org.jspecify.annotations.Nullable;

/**
 * A window that is unusual, as an event: made once per slot, filled again and again.
 *
 * <p>Thread: that which has the slot. Nothing is allocated but the text of {@link #reason}, by the call.
 */
public final class Alert {

    /** How a ring makes, clears and copies alerts. */
    public static final EventType<Alert> TYPE = EventType.of(Alert::new, Alert::clear, Alert::copyTo);

    private long startNs;
    private long endNs;
    private String key = "";
    private double value;
    private double baseline;
    private @Nullable AnomalyRule rule;

    /** Makes one without content. */
    public Alert() {}

    void fill(long startNs, long endNs, String key, AnomalyRule rule) {
        this.startNs = startNs;
        this.endNs = endNs;
        this.key = key;
        this.rule = rule;
    }

    void compare(double value, double baseline) {
        this.value = value;
        this.baseline = baseline;
    }

    private void clear() {
        startNs = 0;
        endNs = 0;
        key = "";
        value = 0;
        baseline = 0;
        rule = null;
    }

    private void copyTo(Alert to) {
        to.startNs = startNs;
        to.endNs = endNs;
        to.key = key;
        to.value = value;
        to.baseline = baseline;
        to.rule = rule;
    }

    /** Where the window begins, in epoch nanoseconds. */
    public long startNs() {
        return startNs;
    }

    /** Where it ends; that moment is not in it. */
    public long endNs() {
        return endNs;
    }

    /** Whose window it is; empty without keys. */
    public String key() {
        return key;
    }

    /** What was looked at, such as {@code count}. */
    public String measure() {
        return rule == null ? "" : rule.measure();
    }

    /** What the window has. */
    public double value() {
        return value;
    }

    /** What would be usual. */
    public double baseline() {
        return baseline;
    }

    /** How bad it is. */
    public Severity severity() {
        return rule == null ? Severity.LOW : rule.severity();
    }

    /** The rule that was broken and by what, for people: {@code count 500: more than 2 times the usual 100}. */
    public String reason() {
        return rule == null ? "" : rule.reason(value, baseline);
    }
}
