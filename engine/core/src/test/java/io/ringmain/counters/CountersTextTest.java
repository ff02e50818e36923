package io.ringmain.counters;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checkpoint tests of the text "Shared Counter Service with Arc/Mutex", each under its name, over every strategy. */
@Timeout(60)
class CountersTextTest {

    private static Counters counters(Strategy strategy) {
        return strategy.counters(CounterLimits.DEFAULT);
    }

    @ParameterizedTest
    @EnumSource
    void testConcurrentIncrements(Strategy strategy) throws Exception {
        try (Counters counters = counters(strategy)) {
            Counter counter = counters.counter("counter");

            Crowd.of(10, number -> {
                for (int i = 0; i < 1000; i++) {
                    counter.increment();
                }
            });

            assertThat(counter.get()).isEqualTo(10_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void testMixedOperations(Strategy strategy) throws Exception {
        try (Counters counters = counters(strategy)) {
            Counter counter = counters.counter("counter");

            Crowd.of(2, number -> {
                for (int i = 0; i < (number == 0 ? 100 : 50); i++) {
                    if (number == 0) {
                        counter.increment();
                    } else {
                        counter.decrement();
                    }
                }
            });

            assertThat(counter.get()).isEqualTo(50);
        }
    }

    @ParameterizedTest
    @EnumSource
    void testContentionTracking(Strategy strategy) throws Exception {
        try (Counters counters = counters(strategy)) {
            Counter counter = counters.counter("counter");

            Crowd.of(8, number -> {
                for (int i = 0; i < 1000; i++) {
                    counter.increment();
                }
            });

            CounterStatistics statistics = counters.statistics();
            System.getLogger("test").log(System.Logger.Level.INFO, strategy + " " + statistics);
            assertThat(statistics.operations()).isGreaterThanOrEqualTo(8000);
            assertThat(statistics.contended()).isNotNegative();
            assertThat(statistics.waiting()).isZero();
            assertThat(statistics.waits().meanNs()).isNotNegative();
        }
    }

    @ParameterizedTest
    @EnumSource
    void testConcurrentReads(Strategy strategy) throws Exception {
        try (Counters counters = counters(strategy)) {
            Counter counter = counters.counter("counter");
            counter.set(42);

            Crowd.of(10, number -> {
                for (int i = 0; i < 1000; i++) {
                    assertThat(counter.get()).isEqualTo(42);
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void testReadWriteMix(Strategy strategy) throws Exception {
        try (Counters counters = counters(strategy)) {
            Counter counter = counters.counter("counter");

            Crowd.of(10, number -> {
                for (int i = 0; i < 100; i++) {
                    if (number == 0) {
                        counter.increment();
                    } else {
                        assertThat(counter.get()).isBetween(0L, 100L);
                    }
                }
            });

            assertThat(counter.get()).isEqualTo(100);
        }
    }

    @ParameterizedTest
    @EnumSource
    void testAtomicCounter(Strategy strategy) throws Exception {
        try (Counters counters = counters(strategy)) {
            Counter counter = counters.counter("counter");
            // Each of its operations is an answer of the writer.
            int each = strategy == Strategy.SINGLE_WRITER ? 1000 : 10_000;

            Crowd.of(10, number -> {
                for (int i = 0; i < each; i++) {
                    counter.increment();
                }
            });

            assertThat(counter.get()).isEqualTo(10L * each);
        }
    }

    @ParameterizedTest
    @EnumSource
    void testAtomicPerformance(Strategy strategy) throws Exception {
        try (Counters counters = counters(strategy)) {
            Counter counter = counters.counter("counter");
            int each = strategy == Strategy.SINGLE_WRITER ? 1000 : 100_000;

            long sinceNs = System.nanoTime();
            Crowd.of(8, number -> {
                for (int i = 0; i < each; i++) {
                    counter.increment();
                }
            });
            double ns = (double) (System.nanoTime() - sinceNs) / (8 * each);

            System.getLogger("test").log(System.Logger.Level.INFO, strategy + ": " + ns + " ns per operation");
            assertThat(counter.get()).isEqualTo(8L * each);
        }
    }

    @ParameterizedTest
    @EnumSource
    void testTransferNoDeadlock(Strategy strategy) throws Exception {
        try (Counters counters = counters(strategy)) {
            Counter one = counters.counter("one");
            Counter two = counters.counter("two");
            one.add(100);
            two.add(50);

            Crowd.of(2, number -> {
                for (int i = 0; i < 100; i++) {
                    Transfer outcome = number == 0 ? counters.transfer(one, two, 1) : counters.transfer(two, one, 1);
                    assertThat(outcome).isIn(Transfer.DONE, Transfer.INSUFFICIENT);
                }
            });

            assertThat(one.get() + two.get()).isEqualTo(150);
        }
    }
}
