package io.ringmain.perf.levels;

import io.ringmain.perf.kit.Bar;
import io.ringmain.perf.kit.EngineLog;
import io.ringmain.perf.kit.Figures;
import io.ringmain.perf.kit.Machine;
import io.ringmain.perf.kit.Options;
import io.ringmain.perf.kit.Rounds;
import io.ringmain.perf.kit.Rounds.Ran;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Question: how much faster do lines with a level go through a pipeline than through strings and a {@code LinkedBlockingQueue} per stage?
 * Bar: at least {@value #BAR} times as fast as with queues of {@value #BOUND} elements. Reported beside it: queues without a bound, which
 * hold back nobody and keep what they like.
 *
 * <p>Machine-independent, because it is a ratio: the median of alternating rounds in one JVM after a warm-up of all sides. All parse, keep
 * what is INFO and above, and count by level and by source; the counts are compared.
 *
 * <p>Run: {@code java -jar perf/target/ringmain-perf.jar levels [--pairs 7] [--lines 3_000_000]}
 */
public final class Levels {

    /** How many times as fast the pipeline has to be. */
    public static final double BAR = 8;

    private static final int BOUND = 1024;
    private static final int WARM_UPS = 2;
    private static final String[] TITLES = {"pipeline", "queues of " + BOUND, "queues without bound"};

    private final LevelLines lines;
    private final Counted counted;
    private final Rounds rounds;

    private Levels(LevelLines lines) {
        this.lines = lines;
        counted = RingSide.count(lines);
        rounds = new Rounds(List.of(
                () -> run(() -> RingSide.count(lines)),
                () -> run(() -> QueueSide.count(lines, BOUND)),
                () -> run(() -> QueueSide.count(lines, Integer.MAX_VALUE))));
    }

    /** Measures; returns an exit code, see {@link Bar}. */
    public static int run(String[] args) {
        Options options = Options.parse(args, 1, "pairs", "7", "lines", "3_000_000");
        int pairs = (int) options.number("pairs", 1);
        int count = (int) options.number("lines", 1);
        EngineLog.quiet();
        Machine machine = Machine.describe(
                "How much faster do level lines go through a pipeline than through strings and queues? Bar: " + BAR,
                String.join(" ", args));
        Levels levels = new Levels(new LevelLines(count));
        levels.rounds.warmUp(WARM_UPS);
        levels.rounds.measure(pairs);
        levels.print(pairs);
        System.out.println(machine.verdict());
        return Bar.report(levels.ratio() >= BAR);
    }

    private Ran run(Supplier<Counted> side) {
        long cpuBeforeNs = Machine.processCpuNs();
        long sinceNs = System.nanoTime();
        Counted found = side.get();
        double tookNs = System.nanoTime() - sinceNs;
        double cpuNs = Machine.processCpuNs() - cpuBeforeNs;
        if (!found.equals(counted)) {
            throw new IllegalStateException("counts: " + found + " (expected: the same on all sides, " + counted + ')');
        }
        return new Ran(tookNs, cpuNs, found.hashCode());
    }

    private double ratio() {
        return rounds.ratios(1, 0).median();
    }

    private void print(int pairs) {
        System.out.println("side                    M lines/s  CPU ns/line  times as long as the pipeline (min, max)");
        for (int side = 0; side < TITLES.length; side++) {
            Figures ratios = rounds.ratios(side, 0);
            System.out.printf(
                    Locale.ROOT,
                    "%-22s  %9.2f  %11.0f  %5.2f (%.2f, %.2f)%n",
                    TITLES[side],
                    lines.count() * 1e3 / rounds.tookNs(side).median(),
                    rounds.cpuNs(side).median() / lines.count(),
                    ratios.median(),
                    ratios.min(),
                    ratios.max());
        }
        System.out.println("median of " + pairs + " runs of " + lines.count() + " lines; the queues have 4 threads");
        System.out.println("counts " + counted.byLevel() + ", " + counted.bySource() + ", hash "
                + Integer.toHexString(counted.hashCode()));
    }
}
