package io.ringmain.perf.levels;

import io.ringmain.perf.kit.Bar;
import io.ringmain.perf.kit.EngineLog;
import io.ringmain.perf.kit.Figures;
import io.ringmain.perf.kit.Machine;
import io.ringmain.perf.kit.Options;
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
    private static final int SIDES = 3;
    private static final String[] TITLES = {"pipeline", "queues of " + BOUND, "queues without bound"};

    private final LevelLines lines;
    private final Figures[] tookNs = new Figures[SIDES];
    private final Figures[] ratios = new Figures[SIDES];
    private final long[] cpuNs = new long[SIDES];
    private final Counted counted;
    private long lastCpuNs;

    private Levels(LevelLines lines, int pairs) {
        this.lines = lines;
        for (int side = 0; side < SIDES; side++) {
            tookNs[side] = new Figures(pairs);
            ratios[side] = new Figures(pairs);
        }
        counted = RingSide.count(lines);
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
        Levels levels = new Levels(new LevelLines(count), pairs);
        for (int i = 0; i < WARM_UPS; i++) {
            levels.round(0, false);
        }
        for (int i = 0; i < pairs; i++) {
            levels.round(i, true);
        }
        levels.print(pairs);
        System.out.println(machine.verdict());
        return Bar.report(levels.ratio() >= BAR);
    }

    /** Lets each side run once; who goes first changes, in case the first is at an advantage. */
    private void round(int number, boolean counts) {
        double[] roundNs = new double[SIDES];
        for (int i = 0; i < SIDES; i++) {
            int side = (i + number) % SIDES;
            roundNs[side] = measure(
                    switch (side) {
                        case 0 -> () -> RingSide.count(lines);
                        case 1 -> () -> QueueSide.count(lines, BOUND);
                        default -> () -> QueueSide.count(lines, Integer.MAX_VALUE);
                    });
            cpuNs[side] += counts ? lastCpuNs : 0;
        }
        for (int side = 0; side < SIDES && counts; side++) {
            tookNs[side].add(roundNs[side]);
            ratios[side].add(roundNs[side] / roundNs[0]);
        }
    }

    private double measure(Supplier<Counted> side) {
        // What the side before has left is not this one's to clean up.
        System.gc();
        long cpuBeforeNs = Machine.processCpuNs();
        long sinceNs = System.nanoTime();
        Counted found = side.get();
        double ns = System.nanoTime() - sinceNs;
        lastCpuNs = Machine.processCpuNs() - cpuBeforeNs;
        if (!found.equals(counted)) {
            throw new IllegalStateException("counts: " + found + " (expected: the same on all sides, " + counted + ')');
        }
        return ns;
    }

    private double ratio() {
        return ratios[1].median();
    }

    private void print(int pairs) {
        System.out.println("side                    M lines/s  CPU ns/line  times as long as the pipeline (min, max)");
        for (int side = 0; side < SIDES; side++) {
            System.out.printf(
                    Locale.ROOT,
                    "%-22s  %9.2f  %11.0f  %5.2f (%.2f, %.2f)%n",
                    TITLES[side],
                    lines.count() * 1e3 / tookNs[side].median(),
                    cpuNs[side] / ((double) pairs * lines.count()),
                    ratios[side].median(),
                    ratios[side].min(),
                    ratios[side].max());
        }
        System.out.println("median of " + pairs + " runs of " + lines.count() + " lines; the queues have 4 threads");
        System.out.println("counts " + counted.byLevel() + ", " + counted.bySource() + ", hash "
                + Integer.toHexString(counted.hashCode()));
    }
}
