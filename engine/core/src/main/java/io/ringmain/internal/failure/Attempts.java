package io.ringmain.internal.failure;

import io.ringmain.config.WhenFailed;
import io.ringmain.internal.counters.BlockedTime;
import io.ringmain.internal.run.Supervisor;
import java.util.random.RandomGenerator;

/**
 * How often a lane has tried what it stands at, and when it may try again: the lane's side of {@link WhenFailed}.
 *
 * <p>Thread: the lane's own.
 */
public final class Attempts {

    private final WhenFailed policy;
    private final RandomGenerator random;
    private final long withinNs;
    private final BlockedTime blocked = new BlockedTime("retry");
    private int failed;
    private long firstFailedNs;
    private long resumeAtNs = Long.MAX_VALUE;

    /** Makes the state of a lane under {@code policy}, with pauses drawn from {@code random}, which is the lane's own. */
    public Attempts(WhenFailed policy, RandomGenerator random) {
        this.policy = policy;
        this.random = random;
        withinNs = policy instanceof WhenFailed.Retry retry && retry.within() != null
                ? Supervisor.nanos(retry.within())
                : Long.MAX_VALUE;
    }

    /** Notes a failed attempt at {@code nowNs}; says what to do. */
    public Decision failed(long nowNs) {
        firstFailedNs = failed == 0 ? nowNs : firstFailedNs;
        failed++;
        if (policy instanceof WhenFailed.Retry retry && failed <= retry.retries()) {
            long pauseNs = retry.backoff().pauseNs(failed, random);
            if (pauseNs <= withinNs - (nowNs - firstFailedNs)) {
                resumeAtNs = nowNs + pauseNs;
                blocked.hold(nowNs);
                return Decision.AGAIN;
            }
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
