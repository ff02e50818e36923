package io.ringmain.cli;

import io.ringmain.Pipeline;
import io.ringmain.Report;
import io.ringmain.cli.stat.RunCounters;
import io.ringmain.cli.stat.RunDirectory;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import io.ringmain.logs.parse.LevelParser;
import io.ringmain.logs.parse.Parse;
import io.ringmain.logs.step.Aggregate;
import io.ringmain.logs.step.KeepLevel;
import io.ringmain.logs.step.SetField;
import io.ringmain.logs.step.SetIngestTime;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Transform;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A pipeline of logs from generator to report. */
final class Demo {

    private static final int LETTERS_SHOWN = 5;

    private final Options options;
    private final Screen screen;
    private final Signals signals;
    private final RunDirectory runs;
    private final Generator generator;
    private final FirstLetters letters = new FirstLetters(LETTERS_SHOWN);
    private final Keys keys = new Keys();
    private final int countKey = keys.id("count");
    // Written by the sink's lane, read after the pipeline has closed.
    private final DemoCounts counts = new DemoCounts();

    /**
     * What is asked for.
     *
     * @param linesMax how many lines to make
     * @param runMax how long to make lines; null for no limit
     * @param seed what the lines follow from
     * @param drain how long a drain after a signal may take
     */
    record Options(long linesMax, @Nullable Duration runMax, long seed, Duration drain) {

        /** Whether the number of lines is known before. */
        boolean hasGoal() {
            return linesMax != Long.MAX_VALUE;
        }
    }

    Demo(Options options, Screen screen, Signals signals, RunDirectory runs) {
        this.options = options;
        this.screen = screen;
        this.signals = signals;
        this.runs = runs;
        generator = new Generator(options.linesMax, options.seed);
    }

    /** Runs to the end, or until a signal; returns the exit code. */
    int run() {
        Progress progress = new Progress(screen, false);
        progress.note("ringmain demo: " + goal() + ", seed " + options.seed);
        Report report;
        try (Pipeline<LogEvent> pipeline = pipeline();
                RunCounters counters = runs.open("demo", progress::note)) {
            signals.onFirst(signal -> {
                progress.note(signal + ": draining, at most " + Numbers.seconds(options.drain)
                        + "; a second signal halts at once");
                pipeline.drain(options.drain);
            });
            pipeline.start();
            progress.start(() -> reading(pipeline.reportWithoutTimes(), counters), options.runMax, generator::end);
            report = pipeline.await();
            counters.update(report);
        } finally {
            progress.stop();
        }
        new DemoReport(screen, report).print(counts, letters);
        return report.succeeded() && report.accounts().balanced() ? 0 : 1;
    }

    private Reading reading(Report report, RunCounters counters) {
        counters.update(report);
        Reading reading = Reading.of(report);
        return options.hasGoal() ? reading.withEventsTotal(options.linesMax) : reading;
    }

    private String goal() {
        String lines = options.hasGoal() ? Numbers.count(options.linesMax) + " lines" : "";
        Duration runMax = options.runMax;
        if (runMax == null) {
            return lines;
        }
        return lines + (lines.isEmpty() ? "" : " or ") + runMax.toSeconds() + " s";
    }

    private Pipeline<LogEvent> pipeline() {
        SetField tag = new SetField(keys.id("env"), Text.of("demo"));
        SetIngestTime ingestTime = new SetIngestTime(Demo::epochNs);
        Transform<LogEvent> enrich = event -> {
            tag.apply(event);
            ingestTime.apply(event);
        };
        return Pipeline.of("demo", LogEvent.TYPE)
                .source("generator", generator)
                .transform("parse", new Parse(new LevelParser()))
                .filter("filter", new KeepLevel(Level.INFO))
                .enrich("enrich", enrich)
                .into("count", LogEvent.TYPE, Aggregate.countBy(keys, "level", "source"))
                .sink("print", Sink.each(this::keep))
                .whenFailed(WhenFailed.deadLetter())
                .deadLetters(letters, WhenLettersFull.STOP)
                .drainWithin(options.drain)
                .build();
    }

    private void keep(LogEvent row) {
        counts.add(row, row.fields().longValue(row.fields().indexOf(countKey)));
    }

    private static long epochNs() {
        // tidy: the ingest time is shown to people and takes no part in any result.
        return System.currentTimeMillis() * 1_000_000;
    }
}
