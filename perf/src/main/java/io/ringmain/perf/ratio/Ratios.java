package io.ringmain.perf.ratio;

import io.ringmain.perf.kit.Bar;
import io.ringmain.perf.kit.Child;
import io.ringmain.perf.kit.EngineLog;
import io.ringmain.perf.kit.Figures;
import io.ringmain.perf.kit.Machine;
import io.ringmain.perf.kit.Options;
import io.ringmain.perf.kit.Rounds;
import io.ringmain.perf.work.Feed;
import io.ringmain.perf.work.Kind;
import io.ringmain.perf.work.Shape;
import io.ringmain.perf.work.Side;
import io.ringmain.perf.work.Turn;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Question: how much longer does an event take with accounts, columns and policies on than in a Disruptor wired by hand that does
 * the same work? Bar: at most {@value #BAR} times as long, in the first three rows.
 *
 * <p>Machine-independent, because it is a ratio: the median of alternating pairs in one JVM after a warm-up of both sides. Each row has
 * a JVM of its own, so that no row suffers from what the JIT learned in another. Reported, not held to the bar: all other rows.
 *
 * <p>Run: {@code java -jar perf/target/ringmain-perf.jar ratios [--pairs 7] [--events 20_000_000] [--rows all|bar|NUMBER]}
 */
public final class Ratios {

    /** The most that a row under the bar may cost. */
    public static final double BAR = 1.5;

    private static final int WARM_UPS = 4;
    private static final int BARRED = 3;

    private record Row(Shape shape, Feed feed, boolean blocking) {}

    private static final List<Row> ROWS = List.of(
            new Row(Shape.ONE, Feed.BATCHES, false),
            new Row(Shape.THREADS, Feed.BATCHES, false),
            new Row(Shape.FUSED, Feed.BATCHES, false),
            new Row(Shape.INLINED, Feed.BATCHES, false),
            new Row(Shape.ONE, Feed.YIELDING_BATCHES, false),
            new Row(Shape.THREADS, Feed.YIELDING_BATCHES, false),
            new Row(Shape.FUSED, Feed.YIELDING_BATCHES, false),
            new Row(Shape.ONE, Feed.SOURCE, false),
            new Row(Shape.THREADS, Feed.SOURCE, false),
            new Row(Shape.FUSED, Feed.SOURCE, false),
            new Row(Shape.ONE, Feed.ONE_BY_ONE, false),
            new Row(Shape.FUSED, Feed.ONE_BY_ONE, false),
            new Row(Shape.ONE, Feed.BATCHES, true),
            new Row(Shape.THREADS, Feed.BATCHES, true),
            new Row(Shape.FUSED, Feed.BATCHES, true));

    private Ratios() {}

    /** Measures; returns an exit code, see {@link Bar}. */
    public static int run(String[] args) throws IOException {
        Options options = Options.parse(args, 1, "pairs", "7", "events", "20_000_000", "rows", "all");
        int pairs = (int) options.number("pairs", 1);
        long events = (options.number("events", 1) + Side.BATCH - 1) / Side.BATCH * Side.BATCH;
        String rows = options.text("rows");
        if (!rows.equals("all") && !rows.equals("bar")) {
            return measure((int) options.number("rows", 1), pairs, events) ? Bar.KEPT : Bar.MISSED;
        }
        Machine.describe(
                "How much longer does an event take than in a Disruptor wired by hand? Bar: " + BAR + " in rows 1 to "
                        + BARRED,
                String.join(" ", args));
        System.out.println(
                "row  shape                           feed             waiting   ours      raw       ratio (min, max)");
        int last = rows.equals("bar") ? BARRED : ROWS.size();
        int exit = Child.rows("ratios", last, List.of("--pairs", "" + pairs, "--events", Long.toString(events)));
        if (exit != Bar.KEPT && exit != Bar.MISSED) {
            return exit;
        }
        System.out.println("ours, raw: million events per second, median of " + pairs + " runs of " + events);
        System.out.println("three threads: with the publisher four, on "
                + Runtime.getRuntime().availableProcessors() + " cores; yielding threads then take turns");
        return Bar.report(exit == Bar.KEPT);
    }

    /** Measures one row in this JVM and prints it; returns whether it kept its bar, if it has one. */
    private static boolean measure(int number, int pairs, long events) {
        if (number > ROWS.size()) {
            throw new IllegalArgumentException(
                    "--rows: " + number + " (expected: all, bar or 1 to " + ROWS.size() + ')');
        }
        Row row = ROWS.get(number - 1);
        // The foot says that there are more threads than cores.
        EngineLog.quiet();
        Rounds rounds = new Rounds(List.of(
                () -> Turn.take(() -> Kind.RINGMAIN.open(row.shape, row.feed, row.blocking), events),
                () -> Turn.take(() -> Kind.DISRUPTOR.open(row.shape, row.feed, row.blocking), events)));
        rounds.warmUp(WARM_UPS);
        Machine machine = Machine.watch();
        rounds.measure(pairs);
        Figures ratios = rounds.ratios(0, 1);
        System.out.printf(
                Locale.ROOT,
                "%3d  %-30s  %-15s  %-8s %6.1f    %6.1f     %.2f (%.2f, %.2f)  hash %016x, %s%n",
                number,
                row.shape.title(),
                row.feed.title(),
                row.blocking ? "blocking" : "yielding",
                events * 1e3 / rounds.tookNs(0).median(),
                events * 1e3 / rounds.tookNs(1).median(),
                ratios.median(),
                ratios.min(),
                ratios.max(),
                rounds.hash(),
                machine.verdict());
        return number > BARRED || ratios.median() <= BAR;
    }
}
