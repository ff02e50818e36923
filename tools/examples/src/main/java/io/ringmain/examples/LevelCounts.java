package io.ringmain.examples;

import io.ringmain.Pipeline;
import io.ringmain.config.WhenFailed;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.parse.LevelParser;
import io.ringmain.logs.parse.Parse;
import io.ringmain.logs.step.Count;
import io.ringmain.logs.step.CountBy;
import io.ringmain.logs.step.CountRow;
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
        try (var logs = Pipeline.of("logs", LogEvent.TYPE)
                .transform("parse", new Parse(new LevelParser()))
                .filter("filter", new KeepLevel(Level.INFO))
                .into("count", CountRow.TYPE, new Count(CountBy.LEVEL))
                .sink("print", Sink.each(row -> System.out.println(row.key() + " " + row.count())))
                .whenFailed(WhenFailed.skip())
                .build()
                .start()) {
            lines.forEach(line -> logs.publisher().publish(LogEvent::setLine, line));
        }
        // end::levels[]
    }
}
