package io.ringmain.logs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Accounts;
import io.ringmain.Report;
import io.ringmain.logs.file.StandardOutput;
import io.ringmain.spi.DeadLetter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plans with windows, run. */
@Timeout(60)
class WindowPlanTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private record Run(PlanPipeline pipeline, Report report) {}

    private Run run(String text, String in) {
        Reading reading = PlanTexts.read(text);
        assertThat(Diagnostics.render(reading.problems())).isEmpty();
        Surroundings surroundings = new Surroundings(
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new StandardOutput(out, false),
                "testhost",
                () -> 0,
                System::nanoTime);
        PlanPipeline pipeline = PlanPipeline.build(reading.plan().orElseThrow(), surroundings, true);
        return new Run(pipeline, pipeline.pipeline().start().await());
    }

    /** Without what is said of windows that were cut short. */
    private List<String> shown() {
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .map(row -> row.replace(",\"window_kind\":\"final\"", ""))
                .toList();
    }

    private static long late(Run run) {
        return run.report.stages().stream().mapToLong(Report.StageReport::late).sum();
    }

    private static String line(String time, int status) {
        return "10.0.0.1 - - [17/May/2015:" + time + " +0000] \"GET / HTTP/1.1\" " + status + " 10 \"-\" \"curl\"\n";
    }

    @Test
    void windowsSlideAndBeginAtTheOffset() {
        run("""
                sources: {in: {type: stdin}}
                steps:
                  - parse: combined
                  - window: {every: 2m, slide: 1m, offset: 30s, by: [status], compute: {n: count()}}
                sinks: {out: {type: console, format: json}}
                when_failed: stop
                """, line("10:00:29", 200) + line("10:00:30", 200) + line("10:01:30", 404));

        assertThat(shown())
                .containsExactlyInAnyOrder(
                        row("09:58:30Z", "10:00:30Z", "200", 1),
                        row("09:59:30Z", "10:01:30Z", "200", 2),
                        row("10:00:30Z", "10:02:30Z", "200", 1),
                        row("10:00:30Z", "10:02:30Z", "404", 1),
                        row("10:01:30Z", "10:03:30Z", "404", 1));
    }

    private static String row(String start, String end, String status, int count) {
        return "{\"window_start\":\"2015-05-17T" + start + "\",\"window_end\":\"2015-05-17T" + end + "\",\"status\":"
                + status + ",\"n\":" + count + '}';
    }

    @Test
    void whatFollowsSeesTheResultsOnlyUnlessItStandsBefore() throws IOException {
        Path raw = folder.resolve("raw.jsonl");
        Run run = run("""
                sources: {in: {type: stdin}}
                steps:
                  - parse: combined
                  - window: {every: 1m, by: [status], compute: {n: count()}}
                  - filter: n > 1
                sinks:
                  out: {type: console, format: json}
                  raw: {type: file, path: '%s', after: parse}
                when_failed: stop
                """.formatted(raw), line("10:00:00", 200) + line("10:00:01", 200) + line("10:00:02", 500));

        assertThat(shown()).containsExactly(row("10:00:00Z", "10:01:00Z", "200", 2));
        assertThat(Files.readAllLines(raw)).hasSize(3);
        assertThat(run.report.segments()).hasSize(2).allMatch(segment -> segment.balanced());
        assertThat(run.report.segments().get(0).absorbed()).isZero();
        assertThat(run.report.segments().get(0).delivered()).isEqualTo(3);
        assertThat(run.report.segments().get(1).filtered()).isEqualTo(1);
    }

    @Test
    void eventsOlderThanTheDisorderAreCountedAndInNoRow() {
        String lines = line("10:00:59", 200)
                + line("10:01:04", 200)
                + line("10:00:58", 200)
                + line("10:01:06", 200)
                + line("10:00:57", 200);
        String plan = """
                sources: {in: {type: stdin%s}}
                steps:
                  - parse: combined
                  - window: {every: 1m, by: [status], compute: {n: count()}}
                sinks: {out: {type: console, format: json}}
                when_failed: stop
                """;

        Run patient = run(plan.formatted(", disorder: 5s"), lines);

        assertThat(shown())
                .containsExactly(row("10:00:00Z", "10:01:00Z", "200", 2), row("10:01:00Z", "10:02:00Z", "200", 2));
        assertThat(late(patient)).isEqualTo(1);

        out.reset();
        Run hasty = run(plan.formatted(""), lines);

        assertThat(shown())
                .containsExactly(row("10:00:00Z", "10:01:00Z", "200", 1), row("10:01:00Z", "10:02:00Z", "200", 2));
        assertThat(late(hasty)).isEqualTo(2);
    }

    @Test
    void windowsWaitForTheSourceWithTheMostDisorder() throws IOException {
        Path web = Files.writeString(folder.resolve("web.log"), line("10:01:04", 200) + line("10:00:59", 200));

        Run run = run("""
                sources:
                  in: {type: stdin}
                  web: {type: file, path: '%s', disorder: 5s}
                steps:
                  - parse: combined
                  - window: {every: 1m, by: [status], compute: {n: count()}}
                sinks: {out: {type: console, format: json}}
                when_failed: stop
                """.formatted(web), "");

        assertThat(late(run)).isZero();
    }

    @Test
    void anEventWithoutTimeFailsAndIsMissed() {
        Run run = run("""
                sources: {in: {type: stdin}}
                steps:
                  - parse: json
                  - window: {every: 1m, compute: {n: count()}}
                sinks: {out: {type: console, format: json}}
                when_failed: dead_letter
                """, "{\"a\":1}\n{\"a\":2}\n");

        assertThat(shown()).isEmpty();
        assertThat(run.pipeline.letters().letters())
                .extracting(DeadLetter::reason)
                .containsExactly("no_timestamp", "no_timestamp");
        assertThat(run.pipeline.absentFields()).extracting(AbsentField::name).containsExactly("timestamp");
    }

    @Test
    void windowsOfWindowsAreByTheTimeThatTheirRowsAreGiven() {
        run("""
                sources: {in: {type: stdin}}
                steps:
                  - parse: combined
                  - window: {every: 1m, compute: {n: count()}}
                  - enrich: {copy: {window_start: timestamp}}
                  - window: {every: 1h, compute: {minutes: count(), most: max(n)}}
                sinks: {out: {type: console}}
                when_failed: stop
                """, line("10:00:00", 200) + line("10:00:01", 200) + line("10:59:59", 200) + line("11:00:00", 200));

        assertThat(shown())
                .containsExactly(
                        "window_start          window_end            minutes  most  window_kind",
                        "2015-05-17T10:00:00Z  2015-05-17T11:00:00Z        2     2",
                        "2015-05-17T11:00:00Z  2015-05-17T12:00:00Z        1     1  final");
    }

    @Test
    void rowsOfWindowsAreInNoResult() {
        Run run = run("""
                sources: {in: {type: stdin}}
                steps:
                  - parse: combined
                  - window: {every: 1m, compute: {n: count()}}
                  - aggregate: {compute: {windows: count()}}
                sinks: {out: {type: discard}}
                when_failed: stop
                """, line("10:00:00", 200) + line("10:01:00", 200));

        assertThat(run.pipeline.rows()).containsOnlyKeys("aggregate");
        assertThat(run.pipeline.rows().get("aggregate").get(0)).containsEntry("windows", 2L);
    }

    @Test
    void computationsWithTwoArgumentsNeedNoQuotesInBraces() {
        run("""
                sources: {in: {type: stdin}}
                steps:
                  - parse: combined
                  - enrich: {compute: {second: truncate(timestamp, 1s), kind: if(status >= 500, 1,
                      0), one: 1}}
                  - window: {every: 1m, compute: {p50: percentile(status, 50), most: top(kind, 1), last: last(second)}}
                sinks: {out: {type: console, format: json}}
                when_failed: stop
                """, line("10:00:00", 200) + line("10:00:01", 404) + line("10:00:02", 500));

        assertThat(shown())
                .containsExactly("{\"window_start\":\"2015-05-17T10:00:00Z\",\"window_end\":\"2015-05-17T10:01:00Z\","
                        + "\"p50\":404,\"most\":{\"0\":2},\"last\":\"2015-05-17T10:00:02Z\"}");
    }

    private static String json(String second, String user, int ms) {
        return "{\"timestamp\":\"2015-05-17T10:00:" + second + "Z\",\"user\":\"" + user + "\",\"ms\":" + ms + "}\n";
    }

    private static String plan(String window, String more) {
        return """
                sources: {in: {type: stdin}}
                steps:
                  - parse: json
                  - window: {%s, by: user, compute: {n: count(), ms: sum(ms)}}
                sinks:
                  out: {type: console, format: json}
                %s
                when_failed: stop
                """.formatted(window, more);
    }

    private static String row(String from, String to, String rest) {
        return "{\"window_start\":\"2015-05-17T10:00:" + from + "Z\",\"window_end\":\"2015-05-17T10:00:" + to + "Z\","
                + rest + '}';
    }

    @Test
    void sessionsFollowTheEventsOfEachGroup() {
        run(plan("gap: 10s", ""), json("00", "ann", 1) + json("08", "ann", 2) + json("40", "ann", 4));

        assertThat(shown())
                .containsExactly(
                        row("00", "18", "\"user\":\"ann\",\"n\":2,\"ms\":3"),
                        row("40", "50", "\"user\":\"ann\",\"n\":1,\"ms\":4"));
    }

    @Test
    void windowsOfSoManyEventsNeedNoTime() {
        String lines = "{\"user\":\"ann\",\"ms\":1}\n{\"user\":\"ann\",\"ms\":2}\n{\"user\":\"ann\",\"ms\":4}\n";
        run(plan("count: 2", ""), lines);

        assertThat(shown())
                .containsExactly("{\"user\":\"ann\",\"n\":2,\"ms\":3}", "{\"user\":\"ann\",\"n\":1,\"ms\":4}");
    }

    @Test
    void totalsOfAllSoFarAreGivenAgainAndAgain() {
        run(plan("emit: 10s", ""), json("01", "ann", 1) + json("05", "ann", 2) + json("12", "ann", 4));

        assertThat(shown())
                .containsExactly(row("01", "12", "\"user\":\"ann\",\"n\":3,\"ms\":7,\"window_kind\":\"early\""));
    }

    @Test
    void anEventWithinTheLatenessGivesItsRowAgain() {
        run(
                plan("every: 10s, allowed_lateness: 5s", ""),
                json("01", "ann", 1) + json("12", "bob", 1) + json("02", "ann", 2));

        assertThat(shown())
                .contains(
                        row("00", "10", "\"user\":\"ann\",\"n\":1,\"ms\":1"),
                        row("00", "10", "\"user\":\"ann\",\"n\":2,\"ms\":3,\"window_kind\":\"update\""));
    }

    @Test
    void whatIsLateGoesToTheSinksThatAreForIt() throws IOException {
        Path late = folder.resolve("late.jsonl");

        Run run = run(
                plan("every: 10s", "  late: {type: file, path: '" + late + "', after: window.late}"),
                json("01", "ann", 1) + json("12", "bob", 1) + json("02", "ann", 2));

        assertThat(Files.readAllLines(late)).hasSize(1).first().asString().contains("10:00:02");
        assertThat(late(run)).isEqualTo(1);
        Accounts first = run.report.segments().get(0);
        assertThat(first.balanced()).isTrue();
        assertThat(first.delivered()).isEqualTo(1);
        assertThat(first.absorbed()).isEqualTo(2);
        assertThat(first.dropped()).isEmpty();
    }

    @Test
    void whatIsLateAndForNobodyIsDroppedAsLate() {
        Run run = run(plan("every: 10s", ""), json("01", "ann", 1) + json("12", "bob", 1) + json("02", "ann", 2));

        assertThat(run.report.segments().get(0).dropped()).containsOnly(Map.entry("late", 1L));
        assertThat(run.report.succeeded()).isTrue();
    }
}
