package io.ringmain.internal.counters;

import io.ringmain.counters.Counter;
import io.ringmain.counters.CounterLimits;
import io.ringmain.counters.Strategy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;

/** A thread adds to its part, while another takes all there is and then reads: nothing is lost, and a read sees one moment. */
@JCStressTest
@Outcome(id = "0, (0|1|11), 11", expect = Expect.ACCEPTABLE, desc = "Nothing was there to take.")
@Outcome(id = "1, (0|10), 10", expect = Expect.ACCEPTABLE, desc = "The first was taken.")
@Outcome(id = "11, 0, 0", expect = Expect.ACCEPTABLE, desc = "Both were taken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Lost, made, or read half.")
@State
public class StripedStress {

    private final Counter counter =
            Strategy.STRIPED.counters(CounterLimits.DEFAULT).counter("a");

    /** Adds twice, to its own part. */
    @Actor
    public void adder() {
        counter.add(1);
        counter.add(10);
    }

    /** Takes all, then reads. */
    @Actor
    public void taker(JJJ_Result result) {
        result.r1 = counter.swap(0);
        result.r2 = counter.get();
    }

    /** What is left. */
    @Arbiter
    public void left(JJJ_Result result) {
        result.r3 = counter.get();
    }
}
