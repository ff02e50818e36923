package io.ringmain.counters;

import io.ringmain.counters.CounterStatistics.Times;
import io.ringmain.internal.run.SystemClock;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** Counts and times. Thread: any. Who never waits pays for {@link #operation} only. */
final class Meter {

    private static final int SAMPLE_MASK = CounterStatistics.SAMPLE - 1;

    private final SystemClock clock = new SystemClock();
    private final LongAdder operations = new LongAdder();
    private final LongAdder contended = new LongAdder();
    private final LongAdder waiting = new LongAdder();
    private final Stopped wait = new Stopped();
    private final Stopped hold = new Stopped();

    private static final class Stopped {

        private final LongAdder count = new LongAdder();
        private final LongAdder totalNs = new LongAdder();
        private final LongAccumulator maxNs = new LongAccumulator(Math::max, 0);

        void add(long ns) {
            count.increment();
            totalNs.add(ns);
            maxNs.accumulate(ns);
        }

        Times times() {
            return new Times(count.sum(), totalNs.sum(), maxNs.get());
        }
    }

    long nowNs() {
        return clock.nowNs();
    }

    /** Whether the operation with that number is one that is timed. */
    static boolean isSample(long number) {
        return (number & SAMPLE_MASK) == 0;
    }

    void operation() {
        operations.increment();
    }

    void contended(long times) {
        contended.add(times);
    }

    /** A thread begins to wait; returns when that is. */
    long waits() {
        contended.increment();
        waiting.increment();
        return nowNs();
    }

    /** It waits no longer. */
    void waitedSince(long sinceNs) {
        waiting.decrement();
        wait.add(nowNs() - sinceNs);
    }

    /** A wait that is timed at its end only. */
    void waited(long ns) {
        wait.add(ns);
    }

    void heldSince(long sinceNs) {
        hold.add(nowNs() - sinceNs);
    }

    CounterStatistics statistics(long operationsElsewhere) {
        return new CounterStatistics(
                operations.sum() + operationsElsewhere, contended.sum(), waiting.sum(), wait.times(), hold.times());
    }

    /** The same, where somebody else knows who waits and who was in the way. */
    CounterStatistics statistics(long operationsElsewhere, long contendedElsewhere, long waitingElsewhere) {
        return new CounterStatistics(
                operations.sum() + operationsElsewhere,
                contended.sum() + contendedElsewhere,
                waitingElsewhere,
                wait.times(),
                hold.times());
    }
}
