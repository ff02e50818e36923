package io.ringmain.internal.run;

import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Wakes those who wait for a change, without a lock when nobody sleeps.
 *
 * <p>The change is written first (a sequence, with release); then a full fence; then each waiter is asked whether it sleeps. A
 * waiter does the reverse: it says that it sleeps, fences, and looks once more for the change. One of the two sees the
 * other (Dekker's handshake), so no wake-up is lost.
 *
 * <p>Thread: {@link #raise} from any; {@link #add} before the first.
 */
public final class Signal implements Runnable {

    private Waiter[] waiters = {};

    /** Adds a waiter. Only before the pipeline starts. */
    public void add(Waiter waiter) {
        if (!Arrays.asList(waiters).contains(waiter)) {
            waiters = Arrays.copyOf(waiters, waiters.length + 1);
            waiters[waiters.length - 1] = waiter;
        }
    }

    /** Wakes the waiters that sleep. */
    public void raise() {
        Waiter[] waiting = waiters;
        if (waiting.length == 0) {
            return;
        }
        VarHandle.fullFence();
        for (Waiter waiter : waiting) {
            waiter.wakeIfAsleep();
        }
    }

    @Override
    public void run() {
        raise();
    }
}
