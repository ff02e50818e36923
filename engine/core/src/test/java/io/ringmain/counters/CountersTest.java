package io.ringmain.counters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each operation does, under every strategy. */
@Timeout(60)
class CountersTest {

    private static final String[] NAMES = {"a", "b", "c", "d"};

    private static Counters counters(Strategy strategy) {
        return strategy.counters(CounterLimits.DEFAULT);
    }

    @ParameterizedTest
    @EnumSource
    void eachOperationSaysWhatItPromises(Strategy strategy) {
        try (Counters counters = counters(strategy)) {
            Counter counter = counters.counter("a");

            assertThat(counter.get()).isZero();
            assertThat(counter.fetchAdd(5)).isZero();
            assertThat(counter.fetchAdd(-2)).isEqualTo(5);
            assertThat(counter.swap(10)).isEqualTo(3);
            assertThat(counter.compareAndSet(9, 1)).isFalse();
            assertThat(counter.get()).isEqualTo(10);
            assertThat(counter.compareAndSet(10, 7)).isTrue();
            assertThat(counter.max(6)).isEqualTo(7);
            assertThat(counter.max(8)).isEqualTo(8);
            counter.set(-4);
            counter.increment();
            assertThat(counter).hasToString("a=-3");
            assertThat(counters.strategy()).isEqualTo(strategy);
        }
    }

    @ParameterizedTest
    @EnumSource
    void randomOperationsGiveWhatAMapGives(Strategy strategy) {
        long seed = new Random().nextLong();
        System.getLogger("test").log(System.Logger.Level.INFO, "seed=" + seed);
        var random = new Random(seed);
        Map<String, Long> model = new TreeMap<>();
        try (Counters counters = counters(strategy)) {
            for (int i = 0; i < 3000; i++) {
                String name = NAMES[random.nextInt(NAMES.length)];
                String other = NAMES[random.nextInt(NAMES.length)];
                long number = random.nextInt(10) == 0 ? random.nextLong() >>> 1 : random.nextInt(20) - 10;
                step(counters, model, List.of(name, other), random.nextInt(6), number);

                assertThat(counters.counter(name).get())
                        .as("seed=%d step %d", seed, i)
                        .isEqualTo(model.get(name));
            }
            for (String name : NAMES) {
                counters.counter(name);
            }
            assertThat(counters.snapshot()).as("seed=%d", seed).isEqualTo(model);
        }
    }

    private static void step(Counters counters, Map<String, Long> model, List<String> names, int what, long number) {
        names.forEach(name -> model.putIfAbsent(name, 0L));
        String name = names.get(0);
        Counter counter = counters.counter(name);
        Counter other = counters.counter(names.get(1));
        long old = model.get(name);
        switch (what) {
            case 0 -> add(counter, model, number);
            case 1 -> {
                assertThat(counter.swap(number)).isEqualTo(old);
                model.put(name, number);
            }
            case 2 -> {
                assertThat(counter.compareAndSet(number, 3)).isEqualTo(old == number);
                model.put(name, old == number ? 3 : old);
            }
            case 3 -> {
                assertThat(counter.max(number)).isEqualTo(Math.max(old, number));
                model.put(name, Math.max(old, number));
            }
            case 4 -> {
                counter.set(number / 2);
                model.put(name, number / 2);
            }
            default -> transfer(counters, model, counter, other, Math.abs(number));
        }
    }

    private static void add(Counter counter, Map<String, Long> model, long number) {
        long old = model.get(counter.name());
        try {
            model.put(counter.name(), Math.addExact(old, number));
            counter.add(number);
        } catch (ArithmeticException overflow) {
            assertThatThrownBy(() -> counter.add(number)).isInstanceOf(ArithmeticException.class);
        }
    }

    private static void transfer(Counters counters, Map<String, Long> model, Counter from, Counter to, long amount) {
        long has = model.get(from.name());
        long other = model.get(to.name());
        boolean isSame = from == to;
        Transfer expected = has < amount
                ? Transfer.INSUFFICIENT
                : !isSame && other > Long.MAX_VALUE - amount ? Transfer.OVERFLOW : Transfer.DONE;
        assertThat(counters.transfer(from, to, amount)).isEqualTo(expected);
        if (expected == Transfer.DONE && !isSame) {
            model.put(from.name(), has - amount);
            model.put(to.name(), other + amount);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWouldLeaveTheRangeChangesNothing(Strategy strategy) {
        try (Counters counters = counters(strategy)) {
            Counter top = counters.counter("top");
            Counter bottom = counters.counter("bottom");
            Counter some = counters.counter("some");
            top.set(Long.MAX_VALUE);
            bottom.set(Long.MIN_VALUE);
            some.set(7);

            assertThatThrownBy(top::increment)
                    .isInstanceOf(ArithmeticException.class)
                    .hasMessage(
                            "counter top: 9223372036854775807 + 1 (expected: within the range of a long); it was not changed");
            assertThatThrownBy(bottom::decrement)
                    .isInstanceOf(ArithmeticException.class)
                    .hasMessageContaining("bottom: -9223372036854775808 - 1 ");
            assertThat(counters.transfer(some, top, 1)).isEqualTo(Transfer.OVERFLOW);

            assertThat(counters.snapshot())
                    .isEqualTo(Map.of("top", Long.MAX_VALUE, "bottom", Long.MIN_VALUE, "some", 7L));
            top.decrement();
            assertThat(counters.transfer(some, top, 1)).isEqualTo(Transfer.DONE);
            assertThat(top.get()).isEqualTo(Long.MAX_VALUE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTransferNeverOverdraws(Strategy strategy) {
        try (Counters counters = counters(strategy)) {
            Counter from = counters.counter("from");
            Counter to = counters.counter("to");
            from.set(10);

            assertThat(counters.transfer(from, to, 11)).isEqualTo(Transfer.INSUFFICIENT);
            assertThat(counters.transfer(from, to, 10, Duration.ZERO)).isEqualTo(Transfer.DONE);
            assertThat(counters.transfer(from, to, 1, Duration.ofDays(1000))).isEqualTo(Transfer.INSUFFICIENT);
            assertThat(counters.transfer(to, to, 10)).isEqualTo(Transfer.DONE);
            assertThat(counters.transfer(to, to, 11)).isEqualTo(Transfer.INSUFFICIENT);
            from.set(-1);
            assertThat(counters.transfer(from, to, 0)).isEqualTo(Transfer.INSUFFICIENT);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> counters.transfer(from, to, -1))
                    .withMessageContaining("transfer.amount: -1 (expected: >= 0)");
            assertThatIllegalArgumentException().isThrownBy(() -> counters.transfer(from, to, 1, Duration.ofNanos(-1)));

            assertThat(counters.snapshot()).isEqualTo(Map.of("from", -1L, "to", 10L));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSnapshotIsInTheOrderOfNames(Strategy strategy) {
        try (Counters counters = counters(strategy)) {
            counters.counter("b").set(2);
            counters.counter("c").set(3);
            counters.counter("a").set(1);
            Map<String, Long> expected = new LinkedHashMap<>();
            expected.put("a", 1L);
            expected.put("b", 2L);
            expected.put("c", 3L);

            assertThat(counters.snapshot()).containsExactlyEntriesOf(expected);
            assertThat(counters.snapshot(List.of("c", "x", "a", "c"))).isEqualTo(Map.of("a", 1L, "c", 3L));
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesAreBounded(Strategy strategy) {
        try (Counters counters = strategy.counters(new CounterLimits(2, 5))) {
            Counter five = counters.counter("five5");
            counters.counter("_.:-");

            assertThat(counters.counter("five5")).isSameAs(five);
            assertThat(counters.find("five5")).containsSame(five);
            assertThat(counters.find("none")).isEmpty();
            assertThatIllegalStateException()
                    .isThrownBy(() -> counters.counter("three"))
                    .withMessageContaining("counter three: there are 2 already (expected: fewer)");
            for (String wrong : List.of("", "sixsix", "a b", "ä", "a/b", "a\n", "\"")) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> counters.counter(wrong))
                        .withMessageContaining("(expected: from 1 to 5 of letters, digits, _ . : -)");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void countersOfOthersAreRefused(Strategy strategy) {
        try (Counters counters = counters(strategy);
                Counters others = counters(strategy)) {
            Counter own = counters.counter("a");
            Counter foreign = others.counter("a");

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> counters.transfer(own, foreign, 0))
                    .withMessageContaining("counter a: of other counters");
        }
    }

    @ParameterizedTest
    @EnumSource
    void allThatWasDoneIsCounted(Strategy strategy) {
        try (Counters counters = counters(strategy)) {
            long before = counters.statistics().operations();
            Counter a = counters.counter("a");
            Counter b = counters.counter("b");
            long made = strategy == Strategy.SINGLE_WRITER ? 2 : 0;
            for (int i = 0; i < 640; i++) {
                a.add(2);
            }
            a.swap(1000);
            a.get();
            counters.transfer(a, b, 3);
            counters.snapshot();

            CounterStatistics statistics = counters.statistics();

            assertThat(statistics.operations() - before - made).isEqualTo(640 + 1 + 1 + 1);
            assertThat(statistics.contended()).isZero();
            assertThat(statistics.waiting()).isZero();
            assertThat(statistics.holds().count()).isGreaterThanOrEqualTo(strategy == Strategy.ATOMIC ? 1 : 10);
            assertThat(statistics.holds().maxNs())
                    .isLessThanOrEqualTo(statistics.holds().totalNs());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCallAllocatesNothing(Strategy strategy) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        int calls = 5000;
        try (Counters counters = counters(strategy)) {
            Counter one = counters.counter("one");
            Counter two = counters.counter("two");
            use(counters, one, two, 1000);

            long before = threads.getThreadAllocatedBytes(self);
            use(counters, one, two, calls);
            long allocated = threads.getThreadAllocatedBytes(self) - before;

            // Less than a byte a call: what the measuring itself, or a class that is loaded late, takes.
            assertThat(allocated).isLessThan(5L * calls);
        }
    }

    private static void use(Counters counters, Counter one, Counter two, int calls) {
        for (int i = 0; i < calls; i++) {
            one.increment();
            one.fetchAdd(2);
            one.compareAndSet(-1, 0);
            counters.transfer(one, two, 1);
            two.get();
        }
    }
}
