package io.ringmain.internal.delivery;

/**
 * How many batches of a sink may be under way at a time.
 *
 * <p>The rule is that of V. Jacobson, "Congestion Avoidance and Control", 1988: one more after a round of successes, half of them when something
 * was too much, and that at most once per round trip, because what was under way by then says nothing about the new limit. Too much is a
 * failure, or a round trip of more than {@link #SLOW_FACTOR} times the smoothed minimum: batches then queue at the other side. The minimum may rise
 * only while one batch is under way at a time; else the queue that the batches make themselves would be learned as the server's own time, and
 * the limit would follow it upwards without end. Successes count only in rounds in which the limit was reached: others prove nothing.
 *
 * <p>Thread: the lane's own; {@link #limit} and {@link #underWayMax} any.
 */
public final class FlightLimit {

    static final int SLOW_FACTOR = 2;

    /** Round trips up to here are never slow: their differences are those of threads. */
    private static final long QUICK_NS = 1_000_000;

    private static final int SMOOTHING = 4;

    private final int max;
    private volatile int limit = 1;
    private volatile int underWayMax;
    private long launches;
    // The number of the first launch since the limit was halved.
    private long halvedAt;
    private int succeeded;
    private boolean reached;
    private long minimumNs = Long.MAX_VALUE;

    /** Makes a limit that never exceeds {@code max}, at least 1. */
    public FlightLimit(int max) {
        this.max = max;
    }

    /** How many may be under way now. Any thread. */
    public int limit() {
        return limit;
    }

    /** The most that ever were under way. Any thread. */
    public int underWayMax() {
        return underWayMax;
    }

    /** Notes that a batch is launched, being one of {@code underWay}; returns the number of the launch. */
    long launched(int underWay) {
        reached |= underWay >= limit;
        if (underWay > underWayMax) {
            underWayMax = underWay;
        }
        return launches++;
    }

    /** Notes that launch number {@code launch} succeeded after {@code roundTripNs}. */
    void succeeded(long launch, long roundTripNs) {
        // Divided, not multiplied: before the first round trip the minimum is as large as can be.
        boolean slow = roundTripNs > QUICK_NS && roundTripNs / SLOW_FACTOR > minimumNs;
        learn(roundTripNs);
        if (slow) {
            halve(launch);
        } else if (launch >= halvedAt) {
            succeeded++;
            if (succeeded >= limit) {
                endRound();
            }
        }
    }

    private void endRound() {
        int now = limit;
        if (reached && now < max) {
            limit = now + 1;
        }
        succeeded = 0;
        reached = false;
    }

    private void learn(long roundTripNs) {
        if (minimumNs == Long.MAX_VALUE) {
            minimumNs = roundTripNs;
        } else if (roundTripNs < minimumNs || limit == 1) {
            minimumNs += (roundTripNs - minimumNs) / SMOOTHING;
        }
    }

    /** Notes that launch number {@code launch} failed, in whole or in part. */
    void failed(long launch) {
        halve(launch);
    }

    private void halve(long launch) {
        if (launch < halvedAt) {
            return;
        }
        limit = Math.max(1, limit / 2);
        halvedAt = launches;
        succeeded = 0;
        reached = false;
    }
}
