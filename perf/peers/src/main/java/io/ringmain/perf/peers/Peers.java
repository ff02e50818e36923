package io.ringmain.perf.peers;

import io.ringmain.perf.kit.Bar;
import io.ringmain.perf.kit.Figures;
import io.ringmain.perf.kit.Machine;
import io.ringmain.perf.kit.Options;
import io.ringmain.perf.kit.Rounds;
import io.ringmain.perf.kit.Rounds.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Question: how many events a second of CPU time do windows of Ringmain, Flink and Hazelcast Jet take, each embedded in this process, from the same array? No bar: reported only.
 *
 * <p>All sides take turns in one JVM after one warm-up of each; only one lives at a time. A run is from the hand-over of the job to its last row, start and end of a cluster are not in
 * it. The rows of all sides and of a plain program are compared by a hash.
 *
 * <p>Run: {@code java -jar perf/peers/target/ringmain-peers.jar [--runs 5] [--events 5_000_000] [--seed 1] [--shape all|q5|log] [--json FILE]}
 */
public final class Peers {

    private static final String ROW = "%-22s %7s  %9s %-16s  %12s  %17s%n";

    private final Feed feed;
    private final List<Side> sides;
    private final Rounds rounds;

    private Peers(Feed feed, List<Side> sides) {
        this.feed = feed;
        this.sides = sides;
        rounds = new Rounds(
                sides.stream().map(side -> (Supplier<Ran>) () -> ran(side)).toList());
    }

    /** Measures and exits: 2 for wrong arguments. */
    public static void main(String[] args) throws IOException {
        int exit;
        try {
            exit = run(args);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            exit = 2;
        }
        // Not all threads of the others end with them.
        System.exit(exit);
    }

    private static int run(String[] args) throws IOException {
        Options options =
                Options.parse(args, 0, "runs", "5", "events", "5_000_000", "seed", "1", "shape", "all", "json", "");
        Optional<Path> jsonFile = options.file("json");
        int runs = (int) options.number("runs", 1);
        // Whole blocks for one or two subtasks.
        int events = Math.toIntExact(options.number("events", 1_000) / 1_000 * 1_000);
        long seed = options.number("seed", 0);
        List<Shape> shapes = shapes(options.text("shape"));
        Machine machine = Machine.describe(
                "How many events a second of CPU time do windows of Ringmain, Flink and Jet take?",
                "perf/peers/target/ringmain-peers.jar",
                String.join(" ", args));
        List<String> json = new ArrayList<>();
        for (Shape shape : shapes) {
            var feed = new Feed(shape, events, seed);
            Answer expected = Answer.of(feed);
            var peers = new Peers(feed, sides());
            peers.rounds.warmUp(1);
            peers.check(expected);
            peers.rounds.measure(runs);
            peers.print(runs, seed, expected);
            json.addAll(peers.json(expected));
        }
        System.out.println(machine.verdict());
        if (jsonFile.isPresent()) {
            Files.writeString(jsonFile.get(), "[\n" + String.join(",\n", json) + "\n]\n");
        }
        return Bar.KEPT;
    }

    private static List<Side> sides() {
        return List.of(new RingmainSide(), new FlinkSide(1), new FlinkSide(2), new JetSide(1), new JetSide(2));
    }

    private static List<Shape> shapes(String asked) {
        List<Shape> shapes = Arrays.stream(Shape.values())
                .filter(shape -> asked.equals("all") || asked.equals(shape.title()))
                .toList();
        if (shapes.isEmpty()) {
            throw new IllegalArgumentException("--shape: " + asked + " (expected: all, q5 or log)");
        }
        return shapes;
    }

    private Ran ran(Side side) {
        var answer = new Answer();
        try (Side.Started started = side.start()) {
            long cpuBeforeNs = Machine.processCpuNs();
            long sinceNs = System.nanoTime();
            started.run(feed, answer);
            double tookNs = System.nanoTime() - sinceNs;
            return new Ran(tookNs, Machine.processCpuNs() - cpuBeforeNs, answer.hash());
        } catch (RuntimeException broken) {
            throw broken;
        } catch (Exception broken) {
            throw new IllegalStateException(side.title() + ": did not run (expected: rows)", broken);
        }
    }

    private void check(Answer expected) {
        if (rounds.hash() != expected.hash()) {
            throw new IllegalStateException("hash of all sides: " + rounds.hash()
                    + " (expected: that of the plain program, " + expected.hash() + ')');
        }
    }

    private double perSecond(Figures tookNs) {
        return feed.count() * 1e9 / tookNs.median();
    }

    private void print(int runs, long seed, Answer expected) {
        System.out.println();
        System.out.printf(ROW, feed.shape().title(), "threads", "M/s", "(min, max)", "M/s per core", "CPU, times ours");
        for (int i = 0; i < sides.size(); i++) {
            Figures tookNs = rounds.tookNs(i);
            System.out.printf(
                    ROW,
                    sides.get(i).title(),
                    sides.get(i).threads(),
                    String.format(Locale.ROOT, "%.2f", perSecond(tookNs) / 1e6),
                    String.format(
                            Locale.ROOT,
                            "(%.2f, %.2f)",
                            feed.count() * 1e3 / tookNs.max(),
                            feed.count() * 1e3 / tookNs.min()),
                    String.format(Locale.ROOT, "%.2f", perSecond(rounds.cpuNs(i)) / 1e6),
                    String.format(
                            Locale.ROOT,
                            "%.2f",
                            rounds.cpuNs(i).median() / rounds.cpuNs(0).median()));
        }
        System.out.printf(
                Locale.ROOT,
                "median of %d runs of %d events, seed %d; a core is a second of CPU time; %d rows, hash %x on all sides and in a plain program%n",
                runs,
                feed.count(),
                seed,
                expected.rows(),
                expected.hash());
    }

    private List<String> json(Answer expected) {
        return IntStream.range(0, sides.size())
                .mapToObj(i -> String.format(
                        Locale.ROOT,
                        "{\"shape\":\"%s\",\"side\":\"%s\",\"threads\":\"%s\",\"events\":%d,\"per_second\":%.0f,\"per_cpu_second\":%.0f,\"rows\":%d}",
                        feed.shape().title(),
                        sides.get(i).title(),
                        sides.get(i).threads(),
                        feed.count(),
                        perSecond(rounds.tookNs(i)),
                        perSecond(rounds.cpuNs(i)),
                        expected.rows()))
                .toList();
    }
}
