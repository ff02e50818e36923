package io.ringmain.logs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Report;
import io.ringmain.logs.file.StandardOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans that say which windows and which events are unusual, run. */
@Timeout(60)
class AlertPlanTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** The rows that a plan with {@code steps} behind {@code parse: json} prints, without when their windows were. */
    private Map<String, Long> run(String steps, String where, String lines) {
        Reading reading = PlanTexts.read(
                """
                sources: {in: {type: stdin}}
                steps:
                  - parse: json
                %s
                sinks: {out: {type: console, format: json%s}}
                when_failed: stop
                """.formatted(steps.indent(2).stripTrailing(), where.isEmpty() ? "" : ", where: \"" + where + '"'));
        assertThat(Diagnostics.render(reading.problems())).isEmpty();
        Surroundings surroundings = new Surroundings(
                new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)),
                new StandardOutput(out, false),
                "testhost",
                () -> 0,
                System::nanoTime);
        PlanPipeline pipeline = PlanPipeline.build(reading.plan().orElseThrow(), surroundings, false);
        Report report = pipeline.pipeline().start().await();
        assertThat(report.succeeded()).as("%s", report.failures()).isTrue();
        return pipeline.unjudged();
    }

    private List<String> shown() {
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .map(row -> row.replaceAll("\"window_(start|end|kind)\":\"[^\"]*\",?", "")
                        .replace(",}", "}"))
                .toList();
    }

    /** One event of each second with these values. */
    private static String values(String sensor, int... values) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            lines.append("{\"timestamp\":\"2015-05-17T10:00:%02dZ\",\"sensor\":\"%s\",\"value\":%d}\n"
                    .formatted(i, sensor, values[i]));
        }
        return lines.toString();
    }

    private static final String WINDOW = "- window: {every: 1s, by: [sensor], compute: {most: max(value)}}\n";

    private static String marked(int most, String baseline, String severity, String reason) {
        return "{\"sensor\":\"a\",\"most\":" + most + ",\"field\":\"most\",\"value\":" + most + ",\"baseline\":"
                + baseline + ",\"severity\":\"" + severity + "\",\"reason\":\"" + reason + "\"}";
    }

    @Test
    void whatIsUnusualIsMarkedAndAllRowsGoOn() {
        run(
                WINDOW + "- alert: {field: most, above: 2, windows: 3, min_samples: 2}",
                "",
                values("a", 10, 10, 20, 41, 10));

        assertThat(shown())
                .containsExactly(
                        "{\"sensor\":\"a\",\"most\":10}",
                        "{\"sensor\":\"a\",\"most\":10}",
                        "{\"sensor\":\"a\",\"most\":20}",
                        marked(41, "13.333333333333334", "critical", "most 41: more than 2 times the usual 13.3333"),
                        "{\"sensor\":\"a\",\"most\":10}");
    }

    /** Twice as much is high, four times as much critical, in whichever order the steps stand. */
    @ParameterizedTest
    @CsvSource({"2, high, 4, critical", "4, critical, 2, high"})
    void ofTwoMarksTheWorseHoldsAndTheReasonsOfBothAreThere(int above, String severity, int next, String nextSeverity) {
        String alert = "- alert: {field: most, above: %d, baseline: first, min_samples: 1, severity: %s}\n";
        run(
                WINDOW + alert.formatted(above, severity) + alert.formatted(next, nextSeverity),
                "exists(severity)",
                values("a", 10, 20, 21, 41));

        assertThat(shown())
                .containsExactly(
                        marked(21, "10.0", "high", "most 21: more than 2 times the usual 10"),
                        marked(
                                41,
                                "10.0",
                                "critical",
                                "most 41: more than 4 times the usual 10; most 41: more than 2 times the usual 10"));
    }

    @Test
    void eachGroupHasABaselineOfItsOwn() {
        run(
                WINDOW + "- alert: {field: most, above: 2, baseline: first, min_samples: 1}\n- filter: exists(reason)",
                "",
                (values("a", 10, 10, 21) + values("b", 100, 100, 100))
                        .lines()
                        .sorted()
                        .collect(Collectors.joining("\n")));

        assertThat(shown()).hasSize(1).first().asString().contains("\"sensor\":\"a\",\"most\":21,\"field\":\"most\"");
    }

    @Test
    void groupsThatFindNoRoomAreCountedAndNotJudged() {
        String lines = """
                {"timestamp":"2015-05-17T10:00:00Z","sensor":"a","value":1}
                {"timestamp":"2015-05-17T10:00:00Z","sensor":"b","value":1}
                {"timestamp":"2015-05-17T10:00:01Z","sensor":"a","value":9}
                {"timestamp":"2015-05-17T10:00:01Z","sensor":"b","value":9}
                """;
        Map<String, Long> unjudged = run(
                WINDOW + "- alert: {field: most, above: 2, baseline: first, min_samples: 1, max_groups: 1}\n"
                        + "- detect: {field: most, by: sensor, max_groups: 1}",
                "exists(severity)",
                lines);

        assertThat(shown()).hasSize(1);
        assertThat(unjudged).containsEntry("alert", 2L).containsEntry("detect", 2L);
    }

    @Test
    void aValueThatIsNoNumberIsNotJudged() {
        run(
                "- window: {every: 1s, by: [sensor], compute: {most: last(value)}}\n"
                        + "- alert: {field: most, above: 2, baseline: first, min_samples: 1}",
                "exists(severity)",
                values("a", 10) + "{\"timestamp\":\"2015-05-17T10:00:01Z\",\"sensor\":\"a\",\"value\":\"much\"}\n"
                        + "{\"timestamp\":\"2015-05-17T10:00:02Z\",\"sensor\":\"a\",\"value\":30}\n");

        assertThat(shown()).hasSize(1).first().asString().contains("most 30: more than 2 times the usual 10");
    }

    @Test
    void detectGivesEachEventAScore() {
        int[] steady = new int[60];
        for (int i = 0; i < steady.length; i++) {
            steady[i] = 20 + i % 3;
        }
        steady[58] = 500;
        run("- detect: {field: value, by: [sensor]}", "anomaly_score > 0.3", values("a", steady));

        assertThat(shown()).hasSize(1).first().asString().contains("\"value\":500,\"anomaly_score\":0.");
    }
}
