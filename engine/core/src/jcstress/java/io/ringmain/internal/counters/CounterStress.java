package io.ringmain.internal.counters;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** Who sees a count sees what was done before it was added. */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "The reader came before.")
@Outcome(id = "0, 7", expect = Expect.ACCEPTABLE, desc = "The work is seen, the count not yet.")
@Outcome(id = "1, 7", expect = Expect.ACCEPTABLE, desc = "The reader came after.")
@Outcome(id = "1, 0", expect = Expect.FORBIDDEN, desc = "Counted before it was done.")
@State
public class CounterStress {

    private final Counter counter = new Counter();
    private long work;

    /** The one writer. */
    @Actor
    public void writer() {
        work = 7;
        counter.add(1);
    }

    /** Any reader. */
    @Actor
    public void reader(JJ_Result result) {
        result.r1 = counter.value();
        result.r2 = work;
    }
}
