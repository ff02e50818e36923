package io.ringmain.perf.compare;

import io.ringmain.perf.kit.Bar;
import io.ringmain.perf.kit.EngineLog;
import io.ringmain.perf.kit.Figures;
import io.ringmain.perf.kit.Machine;
import io.ringmain.perf.kit.Options;
import io.ringmain.perf.kit.Rounds;
import io.ringmain.perf.kit.Rounds.Ran;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

/**
 * Question: how long do pools take for tasks of one length, from nothing to all done and the threads told to go? Tasks that compute have as many workers as there are cores, tasks
 * that only wait have {@code --waiters}. No bar: it depends on the machine.
 *
 * <p>All sides of a row take turns in one JVM after a warm-up of all; the figure is the median.
 *
 * <p>Run: {@code java -jar perf/target/ringmain-perf.jar compare pools [--rounds 5] [--waiters 16] [--longest 100_000] [--json FILE]}
 */
final class ComparePools {

    private static final int WARM_UPS = 2;
    private static final long WARM_UP_US_MAX = 1_000;

    private ComparePools() {}

    /** Tasks of {@code us} microseconds each. */
    private record Row(int tasks, long us, boolean computes) {

        String kind() {
            return computes ? "compute" : "wait";
        }
    }

    private static final List<Row> ROWS = List.of(
            new Row(1000, 0, true),
            new Row(1000, 10, true),
            new Row(1000, 1_000, true),
            new Row(1000, 10_000, true),
            new Row(100, 100_000, true),
            new Row(1000, 10, false),
            new Row(1000, 1_000, false),
            new Row(1000, 10_000, false),
            new Row(100, 100_000, false));

    /** Measures; returns an exit code, see {@link Bar}. */
    static int run(String[] args) {
        Options options = Options.parse(args, 2, "rounds", "5", "waiters", "16", "longest", "100_000", "json", "");
        Optional<Path> json = options.file("json");
        int rounds = (int) options.number("rounds", 1);
        int waiters = (int) options.number("waiters", 1);
        long longestUs = options.number("longest", 0);
        int cores = Runtime.getRuntime().availableProcessors();
        EngineLog.quiet();
        Machine.describe(
                "How long do pools take for tasks of one length? " + cores + " workers compute, " + waiters + " wait",
                String.join(" ", args));
        double stepsPerUs = stepsPerUs();
        var rows = new Rows(
                json, "side", "kind", "us a task", "tasks", "workers", "ms", "min", "max", "CPU ms", "times ring");
        for (Row row : ROWS) {
            if (row.us <= longestUs) {
                measure(rows, row, row.computes ? cores : waiters, rounds, stepsPerUs);
            }
        }
        rows.write();
        System.out.println(
                "ms, CPU ms: for all tasks, median of " + rounds
                        + " runs, fastest and slowest; times ring: how many times as long as the pipeline takes, median of the rounds");
        return Bar.KEPT;
    }

    private static void measure(Rows rows, Row row, int workers, int count, double stepsPerUs) {
        List<PoolSide> sides =
                Arrays.stream(PoolSide.values()).filter(PoolSide::isHere).toList();
        LongUnaryOperator task = row.computes ? computing((long) (row.us * stepsPerUs)) : waiting(row.us * 1000);
        List<Supplier<Ran>> runs = new ArrayList<>();
        for (PoolSide side : sides) {
            runs.add(() -> ran(side, row.tasks, workers, task));
        }
        Rounds rounds = new Rounds(runs);
        // What takes long is warm after the shorter rows, and a round of it more would only take its time.
        rounds.warmUp(row.us <= WARM_UP_US_MAX ? WARM_UPS : 0);
        Machine machine = Machine.watch();
        rounds.measure(count);
        String verdict = machine.verdict();
        for (int i = 0; i < sides.size(); i++) {
            Figures took = rounds.tookNs(i);
            rows.add(
                    sides.get(i).title(),
                    row.kind(),
                    row.us,
                    row.tasks,
                    workers,
                    took.median() / 1e6,
                    took.min() / 1e6,
                    took.max() / 1e6,
                    rounds.cpuNs(i).median() / 1e6,
                    rounds.ratios(i, 0).median());
        }
        System.out.println(verdict);
    }

    private static Ran ran(PoolSide side, int tasks, int workers, LongUnaryOperator task) {
        long cpuNs = Machine.processCpuNs();
        long startNs = System.nanoTime();
        long sum = side.run(tasks, workers, task);
        return new Ran(System.nanoTime() - startNs, Machine.processCpuNs() - cpuNs, sum);
    }

    /** A number of steps, not a time: a clock would count the time in which the thread was not running as work done. */
    private static LongUnaryOperator computing(long steps) {
        return number -> {
            long hash = number;
            for (long i = 0; i < steps; i++) {
                hash = hash * 31 + 7;
            }
            return hash;
        };
    }

    private static LongUnaryOperator waiting(long ns) {
        return number -> {
            long endNs = System.nanoTime() + ns;
            for (long leftNs = ns; leftNs > 0; leftNs = endNs - System.nanoTime()) {
                LockSupport.parkNanos(leftNs);
            }
            return number;
        };
    }

    /** How many steps take a microsecond, by the best of some tries. */
    private static double stepsPerUs() {
        long steps = 2_000_000;
        LongUnaryOperator task = computing(steps);
        long bestNs = Long.MAX_VALUE;
        long hash = 0;
        for (int i = 0; i < 50; i++) {
            long startNs = System.nanoTime();
            hash += task.applyAsLong(i);
            bestNs = Math.min(bestNs, System.nanoTime() - startNs);
        }
        System.out.printf(
                Locale.ROOT, "a task computes %.0f steps a microsecond; hash %016x%n", steps * 1e3 / bestNs, hash);
        return steps * 1e3 / bestNs;
    }
}
