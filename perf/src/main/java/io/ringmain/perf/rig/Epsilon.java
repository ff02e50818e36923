package io.ringmain.perf.rig;

import io.ringmain.Accounts;
import io.ringmain.Pipeline;
import io.ringmain.PipelineBuilder;
import io.ringmain.Report;
import io.ringmain.config.WhenFailed;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.perf.kit.Bar;
import io.ringmain.perf.kit.Child;
import io.ringmain.perf.kit.Machine;
import io.ringmain.perf.kit.Options;
import io.ringmain.perf.logs.Counts;
import io.ringmain.perf.logs.Enrich;
import io.ringmain.perf.logs.Format;
import io.ringmain.perf.logs.Job;
import io.ringmain.perf.logs.Lines;
import io.ringmain.perf.logs.MadeLines;
import io.ringmain.perf.logs.MemorySource;
import io.ringmain.spi.Sink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Question: does a pipeline of logs run for as long as one likes under a collector that never collects? Bar: it ends normally and every
 * event is accounted for.
 *
 * <p>Machine-independent but for the rate, which is reported. Lines of an access log in memory, parse, filter, enrich, aggregate, with the
 * stages that a plan takes, in a JVM of its own with EpsilonGC and a heap of 256 MB: at three bytes per event, 100 million events would not
 * fit.
 *
 * <p>Run: {@code java -jar perf/target/ringmain-perf.jar epsilon [--events 100_000_000]}
 */
public final class Epsilon {

    private static final List<String> FLAGS = List.of(
            "-XX:+UnlockExperimentalVMOptions", "-XX:+UseEpsilonGC", "-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch");

    private static final Job JOB = Job.ofMade(Format.COMBINED);
    private static final long SEED = 42;
    private static final int LINES = 20_000;

    private Epsilon() {}

    /** Runs the child; returns its exit code. */
    public static int run(String[] args) throws IOException {
        Options options = Options.parse(args, 1, "events", "100_000_000", "here", "no");
        long events = options.number("events", 1);
        if (options.text("here").equals("yes")) {
            return here(events);
        }
        Machine.describe("Do logs run on under a collector that never collects?", String.join(" ", args));
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
        Keys keys = new Keys();
        Counts counts = new Counts(keys, JOB.by());
        try (Pipeline<LogEvent> pipeline = describe(events, keys, counts).build()) {
            Report report = pipeline.start().await();
            Accounts accounts = report.accounts();
            double seconds = report.ran().toNanos() / 1e9;
            System.out.println(JOB.title() + ", with enrichers between filter and count");
            System.out.printf(
                    Locale.ROOT,
                    "events %d, seconds %.1f, million per second %.1f%n",
                    events,
                    seconds,
                    events / seconds / 1e6);
            System.out.println("accounts " + accounts);
            System.out.println("counts " + counts);
            Runtime runtime = Runtime.getRuntime();
            System.out.printf(
                    Locale.ROOT,
                    "heap used at the end: %.1f MB%n",
                    (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0);
            System.out.println(machine.verdict());
            boolean complete = accounts.received() == events && counts.total() + accounts.filtered() == events;
            return report.succeeded() && accounts.balanced() && complete ? 0 : 1;
        }
    }

    private static PipelineBuilder<LogEvent, LogEvent> describe(long events, Keys keys, Counts counts) {
        Lines lines = new MadeLines(JOB.format(), SEED).make(LINES);
        return Pipeline.of("epsilon", LogEvent.TYPE)
                .source("lines", new MemorySource(lines, events, List.of()))
                .striped("parse", () -> JOB.parse(keys))
                .striped("filter", () -> JOB.filter(keys))
                .striped("enrich", () -> Enrich.stage(JOB.format(), keys))
                .into("count", LogEvent.TYPE, JOB.aggregate(keys))
                .sink("rows", Sink.each(counts))
                .whenFailed(WhenFailed.stop());
    }
}
