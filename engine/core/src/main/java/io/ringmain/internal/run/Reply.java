package io.ringmain.internal.run;

import java.util.concurrent.locks.LockSupport;

/**
 * Where one thread waits for the answer of another, again and again. What was written before {@link #give} is seen behind {@link #await}.
 *
 * <p>Thread: the one that made it asks and waits; {@link #give} any, once for each {@link #ask}.
 */
public final class Reply {

    private static final int SPINS = 50;
    private static final int YIELDS = 20;

    private final Parker parker = new Parker(Thread.currentThread());
    private volatile boolean given;

    /** Forgets the last answer, before the next question is handed over. */
    public void ask() {
        given = false;
    }

    /** The answer is there. */
    public void give() {
        // A volatile write: whoever lies down after it sees it, and whoever lay down before it is seen.
        given = true;
        parker.run();
    }

    /** Waits until the answer is there, or for about {@code limitNs}; returns whether it is. An interrupt does not end it; the flag is kept. */
    @SuppressWarnings("ThreadPriorityCheck") // Whoever answers may need this core.
    public boolean await(long limitNs) {
        for (int turn = 0; turn < SPINS + YIELDS; turn++) {
            if (given) {
                return true;
            }
            if (turn < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
        return given || sleep(limitNs);
    }

    private boolean sleep(long limitNs) {
        long deadlineNs = System.nanoTime() + limitNs;
        boolean interrupted = false;
        long leftNs = limitNs;
        while (!given && leftNs > 0) {
            parker.lieDownVolatile();
            if (given) {
                parker.getUp();
            } else {
                parker.sleep(leftNs);
            }
            interrupted |= Thread.interrupted();
            leftNs = deadlineNs - System.nanoTime();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return given;
    }

    /** Lets about {@code ns} pass, or less, for a thread that will look again. */
    public static void pause(long ns) {
        LockSupport.parkNanos(ns);
    }
}
