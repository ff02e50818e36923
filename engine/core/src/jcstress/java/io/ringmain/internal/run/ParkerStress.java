package io.ringmain.internal.run;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * The handshake of {@link Signal} and {@link Parker}: a runner lies down and looks once more; somebody changes something and raises
 * the signal. The change is written with release only, as a lane's sequence is.
 */
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "The runner saw the change; it was woken too.")
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "The runner saw the change and will get up by itself.")
@Outcome(id = "false, false", expect = Expect.ACCEPTABLE, desc = "The runner saw nothing and was woken.")
@Outcome(id = "false, true", expect = Expect.FORBIDDEN, desc = "A lost wake-up: it saw nothing and sleeps for ever.")
@State
public class ParkerStress {

    private static final VarHandle CHANGE;
    private static final VarHandle ASLEEP;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            CHANGE = lookup.findVarHandle(ParkerStress.class, "change", long.class);
            ASLEEP = MethodHandles.privateLookupIn(Parker.class, lookup)
                    .findVarHandle(Parker.class, "asleep", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // No thread sleeps here: whether it would is what the arbiter reads. So the permit goes to a thread that never asks
    // for it.
    private final Parker parker = new Parker(new Thread(() -> {}));
    private final Signal signal = new Signal();

    @SuppressWarnings("UnusedVariable") // Read and written through the VarHandle.
    private long change;

    /** Connects the two, as assembly does. */
    public ParkerStress() {
        signal.add(parker::run);
    }

    /** The runner's way to bed. */
    @Actor
    public void runner(ZZ_Result result) {
        parker.lieDownVolatile();
        result.r1 = (long) CHANGE.getAcquire(this) == 1;
    }

    /** Whoever has something for the runner. */
    @Actor
    public void waker() {
        CHANGE.setRelease(this, 1L);
        signal.raise();
    }

    /** Whether the runner would go on sleeping. */
    @Arbiter
    public void inTheEnd(ZZ_Result result) {
        result.r2 = (boolean) ASLEEP.getVolatile(parker);
    }
}
