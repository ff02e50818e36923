package io.ringmain.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Pipeline;
import io.ringmain.Report;
import io.ringmain.config.WhenFailed;
import io.ringmain.logs.parse.LevelParser;
import io.ringmain.logs.parse.Parse;
import io.ringmain.logs.parse.ParseResult;
import io.ringmain.logs.step.Aggregate;
import io.ringmain.logs.step.KeepLevel;
import io.ringmain.testing.CollectingSink;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tests of the text on log pipelines that this project comes from, under names that recall theirs. */
class LogPipelineTextTest {

    private static final List<String> EIGHT_LINES = List.of(
            "INFO Server started on port 8080",
            "DEBUG Loaded configuration",
            "WARN High memory usage detected",
            "ERROR Failed to connect to database",
            "INFO Request processed successfully",
            "DEBUG Cache hit for user 123",
            "ERROR Timeout waiting for response",
            "INFO Shutdown initiated");

    @Test
    void parserStageParsesInfoServerStartedOnPort8080() {
        LogEvent event = new LogEvent();
        event.setLine("INFO Server started on port 8080");

        ParseResult result = new LevelParser().parse(event);

        assertThat(result).isEqualTo(ParseResult.PARSED);
        assertThat(event.level()).isEqualTo(Level.INFO);
        assertThat(event.message()).isEqualTo("Server started on port 8080");
        assertThat(event.source()).isEqualTo("unknown");
    }

    @Test
    void filterStageDropsDebugAtLevelInfo() {
        LogEvent debug = new LogEvent();
        debug.setLevel(Level.DEBUG);
        LogEvent info = new LogEvent();
        info.setLevel(Level.INFO);

        KeepLevel filter = new KeepLevel(Level.INFO);

        assertThat(filter.process(debug)).isFalse();
        assertThat(filter.process(info)).isTrue();
    }

    @Test
    void completePipelineOfInfoDebugErrorGivesTotalTwo() {
        Outcome outcome = run(List.of("INFO Test 1", "DEBUG Test 2", "ERROR Test 3"));

        assertThat(outcome.report.accounts().absorbed()).isEqualTo(2);
        assertThat(outcome.report.accounts().filtered()).isEqualTo(1);
        assertThat(outcome.rows).containsExactly("INFO unknown 1", "ERROR unknown 1");
    }

    @Test
    void eightLinesGiveThreeInfoOneWarnTwoErrorAndTwoFiltered() {
        Outcome outcome = run(EIGHT_LINES);

        assertThat(outcome.report.accounts().received()).isEqualTo(8);
        assertThat(outcome.report.accounts().filtered()).isEqualTo(2);
        assertThat(outcome.report.accounts().absorbed()).isEqualTo(6);
        assertThat(outcome.report.accounts().balanced()).isTrue();
        assertThat(outcome.rows).containsExactly("INFO unknown 3", "WARN unknown 1", "ERROR unknown 2");
    }

    private static Outcome run(List<String> lines) {
        Keys keys = new Keys();
        CollectingSink<LogEvent, String> sink =
                new CollectingSink<>(row -> row.level() + " " + row.source() + ' ' + row.fieldText(keys.id("count")));
        Pipeline<LogEvent> pipeline = Pipeline.of("text", LogEvent.TYPE)
                .transform("parse", new Parse(new LevelParser()))
                .filter("filter", new KeepLevel(Level.INFO))
                .into("count", LogEvent.TYPE, Aggregate.countBy(keys, "level", "source"))
                .sink("rows", sink)
                .whenFailed(WhenFailed.stop())
                .build();
        try (pipeline) {
            pipeline.start();
            for (String line : lines) {
                pipeline.publisher().publish((event, text) -> event.setLine(text), line);
            }
        }
        return new Outcome(pipeline.report(), sink.values());
    }

    private record Outcome(Report report, List<String> rows) {}
}
