package io.ringmain.internal.counters;

import io.ringmain.counters.Counter;
import io.ringmain.counters.Counters;
import java.util.Map;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** Two transfers, there and back, under compare-and-set, beside a snapshot. */
@JCStressTest
@Outcome(id = "(5|2|3), 8", expect = Expect.ACCEPTABLE, desc = "None, one or both, each whole.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Half of a transfer was seen.")
@State
public class TransferStress {

    private final Counters counters = Counters.atomic();
    private final Counter one = counters.counter("one");
    private final Counter two = counters.counter("two");

    /** Gives each counter something. */
    public TransferStress() {
        one.set(5);
        two.set(3);
    }

    /** Moves 3 there, and 1 back. */
    @Actor
    public void mover() {
        counters.transfer(one, two, 3);
        counters.transfer(two, one, 1);
    }

    /** Sees both. */
    @Actor
    public void look(JJ_Result result) {
        Map<String, Long> seen = counters.snapshot();
        result.r1 = seen.get("one");
        result.r2 = seen.get("one") + seen.get("two");
    }
}
