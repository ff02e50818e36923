package io.ringmain.examples;

import io.ringmain.Pipeline;
import io.ringmain.config.WhenFailed;
import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.parse.LevelParser;
import io.ringmain.logs.parse.Parse;
import io.ringmain.logs.step.Aggregate;
import io.ringmain.logs.step.KeepLevel;
import io.ringmain.spi.Sink;
import java.util.List;

/** Counts the lines of a log by level. */
public final class LevelCounts {

    private LevelCounts() {}

    /** Runs the example. */
    public static void main(String[] args) {
        List<String> lines = List.of(
                "INFO Server started on port 8080",
                "DEBUG Loaded configuration",
                "WARN High memory usage detected",
                "INFO Shutdown initiated");
        // tag::levels[]
        var keys = new Keys();
        int count = keys.id("count");
        try (var logs = Pipeline.of("logs", LogEvent.TYPE)
                .transform("parse", new Parse(new LevelParser()))
                .filter("filter", new KeepLevel(Level.INFO))
                .into("count", LogEvent.TYPE, Aggregate.countBy(keys, "level"))
                .sink("print", Sink.each(row -> System.out.println(row.level() + " " + row.fieldText(count))))
                .whenFailed(WhenFailed.skip())
                .build()
                .start()) {
            lines.forEach(line -> logs.publisher().publish(LogEvent::setLine, line));
        }
        // end::levels[]
    }
}
