package io.ringmain.internal.intake;

import io.ringmain.internal.run.Signal;
import java.util.ArrayList;
import java.util.List;

/**
 * The streams that come while the intake lane runs. The lane looks at one flag per call; the lock is taken only when somebody has come.
 *
 * <p>Thread: any, {@link #takeInto} the intake lane's.
 */
final class Roster {

    private final Object lock = new Object();
    private final Signal arrived;
    private final List<Inflow> coming = new ArrayList<>();
    private volatile boolean waiting;
    private boolean closed;

    /** Makes an empty roster; {@code arrived} wakes the lane. */
    Roster(Signal arrived) {
        this.arrived = arrived;
    }

    /** Hands {@code inflow} to the lane; returns {@code false}, and leaves it to the caller, if the input has ended. */
    boolean join(Inflow inflow) {
        synchronized (lock) {
            if (closed) {
                return false;
            }
            coming.add(inflow);
            waiting = true;
        }
        arrived.raise();
        return true;
    }

    /** Whether somebody has come. */
    boolean isWaiting() {
        return waiting;
    }

    /** Moves those who have come to {@code inflows}. */
    void takeInto(List<Inflow> inflows) {
        synchronized (lock) {
            waiting = false;
            inflows.addAll(coming);
            coming.clear();
        }
    }

    /** Lets nobody in any more. Who has come must still be taken. */
    void close() {
        synchronized (lock) {
            closed = true;
        }
    }

    /** Closes if nobody has come; returns whether it is closed now and nobody waits. */
    boolean closeIfNobodyWaits() {
        synchronized (lock) {
            closed |= coming.isEmpty();
            return closed && coming.isEmpty();
        }
    }
}
