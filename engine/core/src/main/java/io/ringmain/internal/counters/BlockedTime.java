package io.ringmain.internal.counters;

/**
 * How often and how long a lane was held back for one reason.
 *
 * <p>Thread: the lane begins and ends; any thread reads.
 */
public final class BlockedTime {

    private static final long NOT_BLOCKED = Long.MIN_VALUE;

    private final String why;
    private final Counter count = new Counter();
    private final Counter ns = new Counter();
    private long sinceNs = NOT_BLOCKED;

    /** Makes the time for the reason {@code why}, a constant code. */
    public BlockedTime(String why) {
        this.why = why;
    }

    /** The lane is held back from now on; time goes on counting if it already was. */
    public void hold(long nowNs) {
        if (sinceNs == NOT_BLOCKED) {
            count.add(1);
        } else {
            ns.add(nowNs - sinceNs);
        }
        sinceNs = nowNs;
    }

    /** The lane goes on. */
    public void release(long nowNs) {
        if (sinceNs != NOT_BLOCKED) {
            ns.add(nowNs - sinceNs);
            sinceNs = NOT_BLOCKED;
        }
    }

    /** The reason. */
    public String why() {
        return why;
    }

    /** How often it happened. */
    public long count() {
        return count.value();
    }

    /** For how long in all, in nanoseconds, up to the last call of the lane. */
    public long ns() {
        return ns.value();
    }
}
