package io.ringmain.perf.topology;

import io.ringmain.perf.kit.Bar;
import io.ringmain.perf.kit.Child;
import io.ringmain.perf.kit.EngineLog;
import io.ringmain.perf.kit.Figures;
import io.ringmain.perf.kit.Machine;
import io.ringmain.perf.kit.Options;
import io.ringmain.perf.kit.Rounds;
import io.ringmain.perf.kit.Rounds.Ran;
import io.ringmain.perf.work.Feed;
import io.ringmain.perf.work.Side;
import io.ringmain.perf.work.Turn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Question: how much longer do queues, executors and rings wired by hand take to hand events from thread to thread, in shapes with several
 * threads? Bar, in the rows that have one: {@code ArrayBlockingQueue} at least 3 times as long, {@code LinkedTransferQueue} 2 times, the
 * {@code WorkerPool} of Disruptor 3.4.4 2 times.
 *
 * <p>Machine-independent, because it is a ratio: the median of rounds in one JVM in which all sides take turns, after a warm-up of all. Each
 * row has a JVM of its own. All count every event and hash its number; counts must be exact, hashes the same, and where order is
 * promised nothing may overtake.
 *
 * <p>Run: {@code java -jar perf/target/ringmain-perf.jar topologies [--rounds 7] [--events 4_000_000] [--rows all|bar|NUMBER]}
 */
public final class Topologies {

    private static final int WARM_UPS = 3;

    /** The rows with a bar stand first. */
    private static final int BARRED = 6;

    /** A task takes as long as some events. */
    private static final int EVENTS_PER_TASK = 8;

    private record Row(Topology topology, Feed feed, boolean blocking) {}

    private static final List<Row> ROWS = List.of(
            new Row(Topology.MERGE, Feed.BATCHES, true),
            new Row(Topology.FAN_OUT, Feed.BATCHES, true),
            new Row(Topology.DIAMOND, Feed.BATCHES, true),
            new Row(Topology.POOL, Feed.BATCHES, true),
            new Row(Topology.POOL, Feed.BATCHES, false),
            new Row(Topology.PARTITION, Feed.BATCHES, true),
            new Row(Topology.MERGE, Feed.ONE_BY_ONE, true),
            new Row(Topology.FAN_OUT, Feed.ONE_BY_ONE, true),
            new Row(Topology.DIAMOND, Feed.ONE_BY_ONE, true),
            new Row(Topology.POOL, Feed.ONE_BY_ONE, true),
            new Row(Topology.PARTITION, Feed.ONE_BY_ONE, true),
            new Row(Topology.TASKS, Feed.ONE_BY_ONE, true));

    private Topologies() {}

    /** Measures; returns an exit code, see {@link Bar}. */
    public static int run(String[] args) throws IOException {
        Options options = Options.parse(args, 1, "rounds", "7", "events", "4_000_000", "rows", "all");
        int rounds = (int) options.number("rounds", 1);
        long events = (options.number("events", 1) + Side.BATCH - 1) / Side.BATCH * Side.BATCH;
        String rows = options.text("rows");
        if (!rows.equals("all") && !rows.equals("bar")) {
            return measure((int) options.number("rows", 1), rounds, events) ? Bar.KEPT : Bar.MISSED;
        }
        Machine.describe(
                "How much longer do others take to hand events from thread to thread? Bar in rows 1 to " + BARRED + ": "
                        + bars(),
                String.join(" ", args));
        int last = rows.equals("bar") ? BARRED : ROWS.size();
        int exit = Child.rows("topologies", last, List.of("--rounds", "" + rounds, "--events", Long.toString(events)));
        if (exit != Bar.KEPT && exit != Bar.MISSED) {
            return exit;
        }
        System.out.println("M/s: million events per second, median of " + rounds + " runs of " + events + "; tasks: of "
                + ofRow(Topology.TASKS, events));
        return Bar.report(exit == Bar.KEPT);
    }

    private static String bars() {
        List<String> bars = new ArrayList<>();
        for (Peer peer : Peer.values()) {
            if (peer.bar() > 0) {
                bars.add(peer.title() + " " + peer.bar());
            }
        }
        return String.join(", ", bars);
    }

    private static long ofRow(Topology topology, long events) {
        return topology == Topology.TASKS
                ? Math.max(Side.BATCH, events / EVENTS_PER_TASK / Side.BATCH * Side.BATCH)
                : events;
    }

    /** Measures one row in this JVM and prints it; returns whether it kept its bar, if it has one. */
    private static boolean measure(int number, int count, long events) {
        if (number > ROWS.size()) {
            throw new IllegalArgumentException(
                    "--rows: " + number + " (expected: all, bar or 1 to " + ROWS.size() + ')');
        }
        Row row = ROWS.get(number - 1);
        EngineLog.quiet();
        long moved = ofRow(row.topology, events);
        List<Peer> peers = Peer.of(row.topology);
        List<Supplier<Ran>> sides = new ArrayList<>();
        for (Peer peer : peers) {
            sides.add(() -> Turn.take(() -> peer.open(row.topology, row.feed, row.blocking), moved));
        }
        Rounds rounds = new Rounds(sides);
        rounds.warmUp(WARM_UPS);
        Machine machine = Machine.watch();
        rounds.measure(count);
        String verdict = machine.verdict();
        System.out.printf(
                Locale.ROOT,
                "row %d: %s, %s, %s; hash %016x, %s%n",
                number,
                row.topology.title(),
                row.feed.title(),
                row.blocking ? "blocking" : "yielding",
                rounds.hash(),
                verdict);
        System.out.println("  side                       M/s  CPU ns/event  times as long as ours (min, max)");
        boolean kept = true;
        for (int side = 0; side < peers.size(); side++) {
            kept &= print(peers.get(side), side, rounds, moved) || number > BARRED;
        }
        return kept;
    }

    /** Prints the line of a side; returns whether it took as long as the bar asks. */
    private static boolean print(Peer peer, int side, Rounds rounds, long events) {
        Figures ratios = rounds.ratios(side, 0);
        System.out.printf(
                Locale.ROOT,
                "  %-22s  %7.2f  %12.0f  %6.2f (%.2f, %.2f)%n",
                peer.title(),
                events * 1e3 / rounds.tookNs(side).median(),
                rounds.cpuNs(side).median() / events,
                ratios.median(),
                ratios.min(),
                ratios.max());
        return ratios.median() >= peer.bar();
    }
}
