package io.ringmain.perf.compare;

import io.ringmain.config.Checkpointing;
import io.ringmain.counters.Counter;
import io.ringmain.counters.CounterLimits;
import io.ringmain.counters.Counters;
import io.ringmain.counters.DurableCounters;
import io.ringmain.counters.Strategy;
import io.ringmain.journal.ChronicleJournal;
import io.ringmain.perf.kit.Bar;
import io.ringmain.perf.kit.EngineLog;
import io.ringmain.perf.kit.Figures;
import io.ringmain.perf.kit.Machine;
import io.ringmain.perf.kit.Options;
import io.ringmain.perf.kit.Rounds;
import io.ringmain.perf.kit.Rounds.Ran;
import io.ringmain.spi.FileCheckpointStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Question: what does an operation on one counter cost under each strategy, by how many threads share it and how many of their operations are reads? No bar: the figures depend on
 * the machine. Beside them an {@link AtomicLong} without names, limits and statistics, and a single writer with a journal.
 *
 * <p>The text asks for a million operations. Those that change something cost the single writer an answer from another thread, some 100 times what they cost others, so it does
 * only a tenth of them in a run; what is told is per operation.
 *
 * <p>Run: {@code java -jar perf/target/ringmain-perf.jar compare counters [--operations 1_000_000] [--rounds 7] [--seed 1] [--threads 1,2,4,8,16] [--json FILE]}
 */
final class CompareCounters {

    private static final int[] READS = {50, 70, 90, 99};
    private static final int WRITER_SHARE = 10;

    private final int operations;
    private final int rounds;
    private final long seed;
    private final List<Side> fast = new ArrayList<>();
    private final List<Side> slow = new ArrayList<>();

    /** One way to share a counter. */
    private record Side(String title, Supplier<Shared> start) {}

    /** A counter that is shared. */
    private record Shared(LongSupplier read, Runnable change, Runnable close) {}

    private CompareCounters(int operations, int rounds, long seed) {
        this.operations = operations;
        this.rounds = rounds;
        this.seed = seed;
        fast.add(new Side("AtomicLong", CompareCounters::bare));
        for (Strategy strategy : Strategy.values()) {
            (strategy == Strategy.SINGLE_WRITER ? slow : fast)
                    .add(new Side(strategy.word(), () -> of(strategy.counters(CounterLimits.DEFAULT), () -> {})));
        }
        slow.add(new Side("… with a journal", CompareCounters::durable));
    }

    private static Shared bare() {
        var value = new AtomicLong();
        return new Shared(value::get, value::incrementAndGet, () -> {});
    }

    private static Shared of(Counters counters, Runnable after) {
        Counter counter = counters.counter("shared");
        return new Shared(counter::get, counter::increment, () -> {
            counters.close();
            after.run();
        });
    }

    private static Shared durable() {
        try {
            Path directory = Files.createTempDirectory("ringmain-counters");
            var durable = new DurableCounters(
                    ChronicleJournal.in(directory.resolve("journal")),
                    visitor -> {},
                    new Checkpointing(new FileCheckpointStore(directory.resolve("checkpoint")), Duration.ofSeconds(1)));
            return of(Counters.singleWriter(CounterLimits.DEFAULT, durable), () -> delete(directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Measures; returns an exit code, see {@link Bar}. */
    static int run(String[] args) {
        Options options = Options.parse(
                args, 2, "operations", "1_000_000", "rounds", "7", "seed", "1", "threads", "1,2,4,8,16", "json", "");
        Optional<Path> json = options.file("json");
        List<Long> threadCounts = options.numbers("threads", 1);
        var compared = new CompareCounters(
                (int) options.number("operations", 1000), (int) options.number("rounds", 1), options.number("seed", 0));
        EngineLog.quiet();
        Machine machine = Machine.describe(
                "What does an operation on one shared counter cost, in ns of wall time, all threads together?",
                String.join(" ", args));
        var rows = new Rows(json, "side", "reads %", "threads", "operations", "ns", "min", "max");
        for (int reads : READS) {
            for (long threads : threadCounts) {
                compared.measure(compared.fast, new Shape(reads, (int) threads, compared.operations), rows);
                compared.measure(
                        compared.slow, new Shape(reads, (int) threads, compared.operations / WRITER_SHARE), rows);
            }
        }
        rows.write();
        System.out.println("ns: for an operation, median of " + compared.rounds + " runs, fastest and slowest");
        System.out.println(machine.verdict());
        return Bar.KEPT;
    }

    /** How much is done, by whom. */
    private record Shape(int reads, int threads, int operations) {}

    private void measure(List<Side> sides, Shape shape, Rows rows) {
        var turns = new Rounds(sides.stream()
                .map(side -> (Supplier<Ran>) () -> once(side, shape))
                .toList());
        turns.warmUp(1);
        turns.measure(rounds);
        for (int i = 0; i < sides.size(); i++) {
            Figures took = turns.tookNs(i);
            double each = shape.operations;
            rows.add(
                    sides.get(i).title,
                    shape.reads,
                    shape.threads,
                    shape.operations,
                    took.median() / each,
                    took.min() / each,
                    took.max() / each);
        }
    }

    /** Lets all threads do their share; what comes out is how often they changed the counter, which depends on the seed only. */
    private Ran once(Side side, Shape shape) {
        Shared shared = side.start.get();
        try {
            int each = shape.operations / shape.threads;
            var times = new long[2];
            // The last one to come notes the time, before any goes on.
            var barrier = new CyclicBarrier(shape.threads + 1, () -> {
                times[0] = times[1];
                times[1] = System.nanoTime();
            });
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < shape.threads; i++) {
                var random = new SplittableRandom(seed * 1000 + i);
                threads.add(new Thread(() -> {
                    meet(barrier);
                    use(shared, random, each, shape.reads);
                    meet(barrier);
                }));
            }
            threads.forEach(Thread::start);
            double cpuNs = Machine.processCpuNs();
            meet(barrier);
            meet(barrier);
            double usedNs = Machine.processCpuNs() - cpuNs;
            return new Ran(times[1] - (double) times[0], usedNs, shared.read.getAsLong());
        } finally {
            shared.close.run();
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void use(Shared shared, SplittableRandom random, int count, int reads) {
        long seen = 0;
        for (int i = 0; i < count; i++) {
            if (random.nextInt(100) < reads) {
                seen = Math.max(seen, shared.read.getAsLong());
            } else {
                shared.change.run();
            }
        }
        if (seen > (long) count * 1000) {
            throw new IllegalStateException("read " + seen + " (expected: no more than was added)");
        }
    }
}
