package io.ringmain.internal.run;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * Where one thread sleeps until it is woken or a time has come. See {@link Signal} for the handshake.
 *
 * <p>Thread: one thread sleeps, any wakes.
 */
public final class Parker implements Runnable {

    private static final VarHandle ASLEEP;

    static {
        try {
            ASLEEP = MethodHandles.lookup().findVarHandle(Parker.class, "asleep", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Thread thread;

    @SuppressWarnings({"FieldMayBeFinal", "UnusedVariable"}) // Used through the VarHandle.
    private boolean asleep;

    /** Makes the place where {@code thread} sleeps. */
    public Parker(Thread thread) {
        this.thread = thread;
    }

    /** Says that the thread is about to sleep; whoever changes something from now on will wake it. Look once more after it. */
    public void lieDownVolatile() {
        ASLEEP.setVolatile(this, true);
        VarHandle.fullFence();
    }

    /** Takes {@link #lieDownVolatile} back. */
    public void getUp() {
        ASLEEP.setOpaque(this, false);
    }

    /** Sleeps for at most {@code ns}, or until woken if it is {@link Long#MAX_VALUE}. May return early. */
    public void sleep(long ns) {
        if ((boolean) ASLEEP.getVolatile(this)) {
            if (ns == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else if (ns > 0) {
                LockSupport.parkNanos(this, ns);
            }
        }
        getUp();
    }

    /** Wakes the thread if it sleeps. The caller has fenced. */
    @Override
    public void run() {
        if ((boolean) ASLEEP.getOpaque(this) && ASLEEP.compareAndSet(this, true, false)) {
            LockSupport.unpark(thread);
        }
    }
}
