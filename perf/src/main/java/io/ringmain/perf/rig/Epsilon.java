package io.ringmain.perf.rig;

import io.ringmain.Pipeline;
import io.ringmain.Report;
import io.ringmain.config.WhenFailed;
import io.ringmain.perf.kit.Bar;
import io.ringmain.perf.kit.Child;
import io.ringmain.perf.kit.Machine;
import io.ringmain.perf.kit.Options;
import io.ringmain.spi.Sink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Question: does a pipeline run for as long as one likes under a collector that never collects? Bar: it ends normally and every event
 * is accounted for.
 *
 * <p>Machine-independent but for the rate, which is reported. One pollable source, parse, filter, enrich, count, in two lanes, in a JVM of
 * its own with EpsilonGC and a heap of 256 MB: at one byte per event, 200 million events would nearly fill what is left of it.
 *
 * <p>Run: {@code java -jar perf/target/ringmain-perf.jar epsilon [--events 200_000_000]}
 */
public final class Epsilon {

    private static final List<String> FLAGS =
            List.of("-XX:+UnlockExperimentalVMOptions", "-XX:+UseEpsilonGC", "-Xms256m", "-Xmx256m");

    private Epsilon() {}

    /** Runs the child; returns its exit code. */
    public static int run(String[] args) throws IOException {
        Options options = Options.parse(args, 1, "events", "200_000_000", "here", "no");
        long events = options.number("events", 1);
        if (options.text("here").equals("yes")) {
            return here(events);
        }
        Machine.describe("Does a pipeline run on under a collector that never collects?", String.join(" ", args));
        List<String> arguments =
                new ArrayList<>(List.of("epsilon", "--here", "yes", "--events", Long.toString(events)));
        int exit = Child.run(FLAGS, arguments);
        if (exit != 0) {
            System.out.println("The child ended with " + exit + '.');
        }
        Bar.report(exit == 0);
        return exit;
    }

    /** Runs the pipeline in this JVM. */
    private static int here(long events) {
        Machine machine = Machine.watch();
        var tally = new long[Line.LEVELS.size()];
        try (Pipeline<Line> pipeline = Pipeline.of("epsilon", Line.type())
                .source("lines", new Lines(events))
                .transform("parse", Line::parse)
                .filter("filter", line -> line.level() != Line.TRACE)
                .boundary()
                .enrich("enrich", line -> line.env(Lines.ENV))
                .sink("count", Sink.each(line -> tally[line.level()]++))
                .whenFailed(WhenFailed.stop())
                .build()) {
            Report report = pipeline.start().await();
            double seconds = report.ran().toNanos() / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "events %d, seconds %.1f, million per second %.1f%n",
                    events,
                    seconds,
                    events / seconds / 1e6);
            System.out.println("accounts " + report.accounts());
            for (int level = 0; level < tally.length; level++) {
                System.out.print(Line.LEVELS.get(level) + ' ' + tally[level] + "  ");
            }
            Runtime runtime = Runtime.getRuntime();
            System.out.printf(
                    Locale.ROOT,
                    "%nheap used at the end: %.1f MB%n",
                    (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0);
            System.out.println(machine.verdict());
            return report.succeeded()
                            && report.accounts().balanced()
                            && report.accounts().received() == events
                    ? 0
                    : 1;
        }
    }
}
