package io.ringmain.internal.failure;

import io.ringmain.config.WhenFailed;
import io.ringmain.internal.counters.BlockedTime;

/**
 * How often a lane has tried what it stands at, and when it may try again: the lane's side of {@link WhenFailed}.
 *
 * <p>Thread: the lane's own.
 */
public final class Attempts {

    private final WhenFailed policy;
    private final BlockedTime blocked = new BlockedTime("retry");
    private int failed;
    private long resumeAtNs = Long.MAX_VALUE;

    /** Makes the state of a lane under {@code policy}. */
    public Attempts(WhenFailed policy) {
        this.policy = policy;
    }

    /** Notes a failed attempt at {@code nowNs}; says what to do. */
    public Decision failed(long nowNs) {
        failed++;
        if (policy instanceof WhenFailed.Retry retry && failed <= retry.retries()) {
            resumeAtNs = nowNs + retry.backoff().pauseNs(failed);
            blocked.hold(nowNs);
            return Decision.AGAIN;
        }
        if (policy.buries()) {
            return Decision.BURY;
        }
        return policy.last() instanceof WhenFailed.Skip ? Decision.SKIP : Decision.STOP;
    }

    /** Whether the lane must stay where it is at {@code nowNs}. */
    public boolean pausing(long nowNs) {
        if (resumeAtNs == Long.MAX_VALUE) {
            return false;
        }
        if (nowNs < resumeAtNs) {
            blocked.hold(nowNs);
            return true;
        }
        blocked.release(nowNs);
        resumeAtNs = Long.MAX_VALUE;
        return false;
    }

    /** When the lane may try again; {@link Long#MAX_VALUE} when it is not pausing. */
    public long resumeAtNs() {
        return resumeAtNs;
    }

    /** How many attempts have failed at the place where the lane stands. */
    public int count() {
        return failed;
    }

    /** Whether an attempt has failed where the lane stands. */
    public boolean any() {
        return failed > 0;
    }

    /** The lane goes on to something new. */
    public void reset() {
        failed = 0;
    }

    /** The time spent between attempts. */
    public BlockedTime blocked() {
        return blocked;
    }
}
