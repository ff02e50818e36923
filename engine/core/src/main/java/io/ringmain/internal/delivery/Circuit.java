package io.ringmain.internal.delivery;

import io.ringmain.config.Breaker;
import io.ringmain.internal.counters.BlockedTime;
import io.ringmain.internal.run.Supervisor;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Whether a sink may be called: the lane's side of {@link Breaker}. Without one it always may.
 *
 * <p>Thread: the lane's own; {@link #standing} any. Allocates when the state changes.
 */
public final class Circuit {

    private static final System.Logger LOGGER = System.getLogger("io.ringmain");

    private final @Nullable Breaker breaker;
    private final String of;
    private final BlockedTime blocked = new BlockedTime("circuit_open");
    private int failedInRow;
    private long pauseNs;
    private long probeAtNs = Long.MAX_VALUE;
    private volatile Standing standing = new Standing(State.CLOSED, 0, Long.MIN_VALUE);

    /** What is done with attempts. */
    public enum State {
        /** They are made. */
        CLOSED,
        /** None is made. */
        OPEN,
        /** One is made, to see whether the sink answers. */
        HALF_OPEN
    }

    /**
     * How things stand.
     *
     * @param state what is done with attempts
     * @param opened how often the circuit has opened, probes that failed not counted
     * @param sinceNs since when it is in this state; {@link Long#MIN_VALUE} for ever
     */
    public record Standing(State state, long opened, long sinceNs) {}

    /** Makes the circuit of the sink called {@code sink}; it is closed. */
    public Circuit(@Nullable Breaker breaker, String pipeline, String sink) {
        this.breaker = breaker;
        of = " pipeline=" + pipeline + " sink=" + sink;
    }

    /** Whether the lane must leave the sink alone at {@code nowNs}. */
    boolean holds(long nowNs) {
        if (!isOpen()) {
            return false;
        }
        blocked.hold(nowNs);
        if (nowNs < probeAtNs) {
            return true;
        }
        blocked.release(nowNs);
        probeAtNs = Long.MAX_VALUE;
        stand(State.HALF_OPEN, nowNs);
        return false;
    }

    private boolean isOpen() {
        return probeAtNs != Long.MAX_VALUE;
    }

    /** Whether an attempt, once it may be made, is to be the only one under way: a probe. */
    boolean wantsProbe() {
        return isOpen() || standing.state == State.HALF_OPEN;
    }

    /** Notes that the sink took something at an attempt. */
    void succeeded(long nowNs) {
        failedInRow = 0;
        if (isOpen()) {
            // An attempt that began before the circuit opened, of a sink that is given several at a time.
            probeAtNs = Long.MAX_VALUE;
            blocked.release(nowNs);
        }
        if (standing.state != State.CLOSED) {
            stand(State.CLOSED, nowNs);
            LOGGER.log(Level.INFO, "The sink answers again; its circuit is closed." + of);
        }
    }

    /** Notes that an attempt failed; {@code excused} if that does not say that the sink is down. */
    void failed(boolean excused, long nowNs) {
        // Of an attempt that began before the circuit opened: it says nothing about the pause.
        if (breaker == null || excused || isOpen()) {
            return;
        }
        failedInRow++;
        if (standing.state == State.HALF_OPEN) {
            pauseNs = Math.min(2 * pauseNs, Supervisor.nanos(breaker.cap()));
            open(nowNs, 0);
        } else if (failedInRow >= breaker.after()) {
            pauseNs = Supervisor.nanos(breaker.pause());
            open(nowNs, 1);
            LOGGER.log(
                    Level.WARNING,
                    "The sink is left alone for a while; its circuit is open." + of + " failed_in_row=" + failedInRow
                            + " pause_ms=" + breaker.pause().toMillis());
        }
    }

    private void open(long nowNs, int newly) {
        probeAtNs = nowNs + pauseNs;
        blocked.hold(nowNs);
        standing = new Standing(State.OPEN, standing.opened + newly, nowNs);
    }

    private void stand(State state, long nowNs) {
        standing = new Standing(state, standing.opened, nowNs);
    }

    /** When the lane may go on that, without the circuit, may at {@code otherwiseNs}; {@link Long#MAX_VALUE} if nothing holds it. */
    long heldUntilNs(long otherwiseNs) {
        if (probeAtNs == Long.MAX_VALUE || otherwiseNs == Long.MAX_VALUE) {
            return Math.min(probeAtNs, otherwiseNs);
        }
        return Math.max(probeAtNs, otherwiseNs);
    }

    /** How things stand; null if the sink has no breaker. Any thread. */
    public @Nullable Standing standing() {
        return breaker == null ? null : standing;
    }

    /** The time that the lane left the sink alone. */
    BlockedTime blocked() {
        return blocked;
    }
}
