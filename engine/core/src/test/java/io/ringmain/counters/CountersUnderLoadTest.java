package io.ringmain.counters;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Many threads at once: nothing is lost, nothing is made. */
@Timeout(600)
class CountersUnderLoadTest {

    private static final int THREADS = 16;
    private static final int ACCOUNTS = 20;
    private static final long EACH = 100;

    private static long seed() {
        long seed = new Random().nextLong();
        System.getLogger("test").log(System.Logger.Level.INFO, "seed=" + seed);
        return seed;
    }

    static Stream<Arguments> transfers() {
        return Stream.of(Strategy.values())
                .flatMap(strategy -> Stream.of(Arguments.of(strategy, false), Arguments.of(strategy, true)));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SINGLE_WRITER")
    void sixteenThreadsAreExactOverAMillionOperationsEach(Strategy strategy) throws Exception {
        countExactly(strategy, 1_000_000);
    }

    @Test
    void sixteenThreadsAreExactUnderASingleWriter() throws Exception {
        countExactly(Strategy.SINGLE_WRITER, 500);
    }

    @Test
    @Tag("slow")
    void sixteenThreadsAreExactUnderASingleWriterOverAMillionOperationsEach() throws Exception {
        countExactly(Strategy.SINGLE_WRITER, 1_000_000);
    }

    /** Each thread does all kinds of changes; what it adds in all is known. */
    private static void countExactly(Strategy strategy, int each) throws Exception {
        try (Counters counters = strategy.counters(CounterLimits.DEFAULT)) {
            Counter shared = counters.counter("shared");
            Counter most = counters.counter("most");
            var swapped = new AtomicLong();
            Counter taken = counters.counter("taken");

            Crowd.of(THREADS, number -> {
                for (int i = 0; i < each; i++) {
                    switch (i % 8) {
                        case 0 -> assertThat(shared.fetchAdd(3)).isNotNegative();
                        case 1 -> shared.decrement();
                        case 2 -> most.max((long) number * each + i);
                        case 3 -> {
                            taken.increment();
                            swapped.addAndGet(taken.swap(0));
                        }
                        case 4 -> addByComparing(shared);
                        default -> shared.increment();
                    }
                }
            });

            long perThread = 0;
            for (int i = 0; i < each; i++) {
                perThread += new long[] {3, -1, 0, 0, 1, 1, 1, 1}[i % 8];
            }
            assertThat(shared.get()).isEqualTo(THREADS * perThread);
            assertThat(most.get()).isEqualTo((THREADS - 1L) * each + (each - 3) / 8 * 8L + 2);
            assertThat(swapped.get() + taken.get()).isEqualTo(THREADS * (long) ((each + 4) / 8));
        }
    }

    private static void addByComparing(Counter counter) {
        long seen = counter.get();
        while (!counter.compareAndSet(seen, seen + 1)) {
            seen = counter.get();
        }
    }

    @ParameterizedTest
    @MethodSource("transfers")
    void transfersConserveTheTotal(Strategy strategy, boolean isLimited) throws Exception {
        transfer(strategy, isLimited, strategy == Strategy.SINGLE_WRITER ? 10_000 : 200_000);
    }

    @ParameterizedTest
    @MethodSource("transfers")
    @Tag("slow")
    void aMillionTransfersConserveTheTotal(Strategy strategy, boolean isLimited) throws Exception {
        transfer(strategy, isLimited, 1_000_000);
    }

    /** Transfers at random between accounts, while another thread looks at all of them: none is overdrawn, and the sum is always the same. */
    private static void transfer(Strategy strategy, boolean isLimited, int count) throws Exception {
        long seed = seed();
        int threads = 8;
        try (Counters counters = strategy.counters(CounterLimits.DEFAULT)) {
            var accounts = new Counter[ACCOUNTS];
            for (int i = 0; i < ACCOUNTS; i++) {
                accounts[i] = counters.counter("account-" + i);
                accounts[i].set(EACH);
            }
            var done = new AtomicLong();
            var timedOut = new AtomicLong();
            var left = new AtomicLong(threads);
            var looks = new AtomicLong();
            var isOver = new AtomicBoolean();

            Crowd.of(threads + 1, number -> {
                if (number == threads) {
                    while (!isOver.get()) {
                        long sum = 0;
                        for (long value : counters.snapshot().values()) {
                            assertThat(value).as("seed=%d", seed).isNotNegative();
                            sum += value;
                        }
                        assertThat(sum).as("seed=%d", seed).isEqualTo(ACCOUNTS * EACH);
                        looks.incrementAndGet();
                    }
                    return;
                }
                var random = new SplittableRandom(seed + number);
                try {
                    for (int i = 0; i < count / threads; i++) {
                        Counter from = accounts[random.nextInt(ACCOUNTS)];
                        Counter to = accounts[random.nextInt(ACCOUNTS)];
                        long amount = random.nextInt(120);
                        Transfer outcome = isLimited
                                ? counters.transfer(from, to, amount, Duration.ofNanos(random.nextInt(20_000)))
                                : counters.transfer(from, to, amount);
                        done.addAndGet(outcome == Transfer.DONE ? 1 : 0);
                        timedOut.addAndGet(outcome == Transfer.TIMED_OUT ? 1 : 0);
                        assertThat(outcome).isNotEqualTo(Transfer.OVERFLOW);
                    }
                } finally {
                    isOver.compareAndSet(false, left.decrementAndGet() == 0);
                }
            });

            System.getLogger("test")
                    .log(
                            System.Logger.Level.INFO,
                            strategy + " done " + done + ", timed out " + timedOut + ", looks " + looks);
            assertThat(done.get()).isPositive();
            assertThat(looks.get()).isPositive();
            assertThat(timedOut.get()).matches(timeouts -> isLimited || timeouts == 0);
            assertThat(counters.snapshot().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .as("seed=%d", seed)
                    .isEqualTo(ACCOUNTS * EACH);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSnapshotMissesNoCounterThatComesMeanwhile(Strategy strategy) throws Exception {
        int rounds = strategy == Strategy.SINGLE_WRITER ? 200 : 2000;
        try (Counters counters = strategy.counters(CounterLimits.DEFAULT)) {
            Counter bank = counters.counter("n-bank");
            bank.set(rounds);
            var isOver = new AtomicBoolean();

            Crowd.of(2, number -> {
                if (number == 0) {
                    for (int i = 0; i < rounds; i++) {
                        counters.transfer(bank, counters.counter((i % 2 == 0 ? "a-" : "z-") + i), 1);
                    }
                    isOver.set(true);
                } else {
                    while (!isOver.get()) {
                        assertThat(counters.snapshot().values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum())
                                .isEqualTo(rounds);
                    }
                }
            });
        }
    }
}
