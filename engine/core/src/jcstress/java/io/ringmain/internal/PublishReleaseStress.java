package io.ringmain.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** The order every room relies on: who sees a cursor with acquire, sees what was written before its release. */
@JCStressTest
@Outcome(id = "-1, 0", expect = Expect.ACCEPTABLE, desc = "Not published yet.")
@Outcome(id = "-1, 7", expect = Expect.ACCEPTABLE, desc = "Written, but not published yet.")
@Outcome(id = "0, 7", expect = Expect.ACCEPTABLE, desc = "Published and complete.")
@Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = "A slot was seen before it was filled.")
@State
public class PublishReleaseStress {

    private static final VarHandle CURSOR;

    static {
        try {
            CURSOR = MethodHandles.lookup().findVarHandle(PublishReleaseStress.class, "cursor", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private long slot;

    @SuppressWarnings("UnusedVariable") // read and written through CURSOR
    private long cursor = -1;

    @Actor
    public void publisher() {
        slot = 7;
        CURSOR.setRelease(this, 0L);
    }

    @Actor
    public void lane(JJ_Result result) {
        result.r1 = (long) CURSOR.getAcquire(this);
        result.r2 = slot;
    }
}
