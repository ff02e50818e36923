package io.ringmain.internal.run;

import io.ringmain.spi.Runner;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Where publishing threads wait for room in the ring. A monitor and not a queue lock, because waiting on a monitor allocates
 * nothing.
 *
 * <p>Thread: any number of threads wait; the settling lane and the supervisor wake.
 */
public final class Room implements Waiter {

    private static final VarHandle SLEEPERS;
    private static final int SPINS = 100;
    private static final int YIELDS = 20;
    private static final long FOR_EVER = Long.MAX_VALUE;
    private static final long NS_PER_MS = 1_000_000;

    static {
        try {
            SLEEPERS = MethodHandles.lookup().findVarHandle(Room.class, "sleepers", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Where a waiting publisher looks. */
    @FunctionalInterface
    public interface FreeSlots {
        /** Whether a wait for {@code count} slots is over: there is room, or nothing is taken any more. */
        boolean worthTrying(int count);
    }

    private final Runner runner;
    private final Object lock = new Object();

    @SuppressWarnings({"FieldMayBeFinal", "UnusedVariable"}) // Used through the VarHandle.
    private int sleepers;

    /** Makes the waiting place of a pipeline that {@code runner} runs. */
    public Room(Runner runner) {
        this.runner = runner;
    }

    /**
     * Waits a little: spins and yields in the first turns, then sleeps until somebody made room.
     *
     * @param turn how often the caller has waited for the same room
     * @param count how many slots the caller needs
     * @param free says whether the wait is over, without claiming anything
     * @return {@code false} when the thread was interrupted; its flag is set
     */
    public boolean await(int turn, int count, FreeSlots free) {
        return runner.help() || await(turn, count, free, FOR_EVER);
    }

    /** As {@link #await}, but not beyond {@code untilNs} on the runner's clock. */
    public boolean awaitUntil(long untilNs, int turn, int count, FreeSlots free) {
        return runner.helpUntil(untilNs) || await(turn, count, free, untilNs - runner.nowNs());
    }

    @SuppressWarnings({"ThreadPriorityCheck", "WaitNotInLoop"}) // Yielding helps on few cores; the caller is the loop.
    private boolean await(int turn, int count, FreeSlots free, long leftNs) {
        if (turn < SPINS) {
            Thread.onSpinWait();
            return true;
        }
        if (turn < SPINS + YIELDS) {
            Thread.yield();
            return !Thread.currentThread().isInterrupted();
        }
        synchronized (lock) {
            SLEEPERS.setVolatile(this, sleepers + 1);
            VarHandle.fullFence();
            try {
                if (leftNs > 0 && !free.worthTrying(count)) {
                    // Rounded up: nobody would look again at the time itself. No time at all means for ever.
                    lock.wait(leftNs == FOR_EVER ? 0 : leftNs / NS_PER_MS + 1);
                }
                return !Thread.currentThread().isInterrupted();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                SLEEPERS.setVolatile(this, sleepers - 1);
            }
        }
    }

    /** Wakes everybody who waits, whatever the caller has written before. */
    public void wakeAll() {
        VarHandle.fullFence();
        wakeIfAsleep();
    }

    @Override
    public void wakeIfAsleep() {
        if ((int) SLEEPERS.getOpaque(this) != 0) {
            synchronized (lock) {
                lock.notifyAll();
            }
        }
    }
}
