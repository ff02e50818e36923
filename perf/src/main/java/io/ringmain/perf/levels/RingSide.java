package io.ringmain.perf.levels;

import io.ringmain.Pipeline;
import io.ringmain.Report;
import io.ringmain.config.WhenFailed;
import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.parse.LevelParser;
import io.ringmain.logs.parse.Parse;
import io.ringmain.logs.step.Aggregate;
import io.ringmain.logs.step.KeepLevel;
import io.ringmain.perf.logs.Counts;
import io.ringmain.perf.logs.MemorySource;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Stage;
import java.util.Map;
import java.util.TreeMap;

/** Ours: a pipeline as a plan would build it. */
final class RingSide {

    private RingSide() {}

    static Counted count(LevelLines lines) {
        Keys keys = new Keys();
        Counts counts = new Counts(keys, "level", "source");
        try (Pipeline<LogEvent> pipeline = Pipeline.of("levels", LogEvent.TYPE)
                .source("lines", new MemorySource(lines.lines(), lines.count(), LevelLines.sourceTexts()))
                .striped("parse", RingSide::parse)
                .striped("filter", () -> new KeepLevel(Level.INFO))
                .into("count", LogEvent.TYPE, Aggregate.countBy(keys, "level", "source"))
                .sink("rows", Sink.each(counts))
                .whenFailed(WhenFailed.stop())
                .build()) {
            Report report = pipeline.start().await();
            if (!report.succeeded() || !report.accounts().balanced()) {
                throw new IllegalStateException("report: " + report + " (expected: succeeded and balanced)");
            }
        }
        return split(counts);
    }

    private static Stage<LogEvent> parse() {
        Parse parse = new Parse(new LevelParser());
        return event -> {
            parse.apply(event);
            return true;
        };
    }

    private static Counted split(Counts counts) {
        Map<String, Long> byLevel = new TreeMap<>();
        Map<String, Long> bySource = new TreeMap<>();
        counts.byKey().forEach((key, count) -> {
            int blank = key.indexOf(' ');
            byLevel.merge(key.substring(0, blank), count, Long::sum);
            bySource.merge(key.substring(blank + 1), count, Long::sum);
        });
        return new Counted(byLevel, bySource);
    }
}
