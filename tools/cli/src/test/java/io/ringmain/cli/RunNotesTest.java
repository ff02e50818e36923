package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunNotesTest {

    @TempDir
    Path directory;

    private Path plan(String steps) throws IOException {
        return Files.writeString(directory.resolve("notes.yaml"), """
                sources: {in: {type: stdin}}
                steps:
                %s
                sinks: {out: {type: discard}}
                when_failed: skip
                """.formatted(steps));
    }

    @Test
    void whatAnAggregateLeavesOutIsSaidAtTheEndAndInTheReport() throws IOException {
        Path plan = plan("""
                  - parse: json
                  - aggregate: {by: user, compute: {bytes: sum(bytes), longest: max(ms)}, max_groups: 1}\
                """);
        Path report = directory.resolve("report.json");
        String lines = """
                {"user":"ann","bytes":1,"ms":2}
                {"user":"bob","bytes":"none","ms":3}
                {"user":"cat","bytes":"some","ms":"long"}
                """;

        Outcome outcome = Outcome.reading(lines, "run", plan.toString(), "--report", report.toString());

        assertThat(outcome.code()).isZero();
        assertThat(outcome.err())
                .contains(
                        "note: aggregate: 2 events went to the row other: there are more groups\n      than max_groups (1)\n")
                .contains("note: aggregate: bytes leaves out 2 values that are no number\n")
                .contains("note: aggregate: longest leaves out 1 value that is no number\n");
        assertThat(report)
                .content()
                .contains("\"aggregates\":{\"aggregate\":{\"groups\":1,\"events_in_other\":2,"
                        + "\"ignored\":{\"bytes\":2,\"longest\":1}}},\"windows\":{},\"result\":{");
    }

    @Test
    void groupsWithoutRoomForABaselineAreSaidAtTheEndAndInTheReport() throws IOException {
        Path plan = plan("  - parse: json\n  - detect: {field: bytes, by: user, max_groups: 1}");
        Path report = directory.resolve("report.json");
        String lines = """
                {"user":"ann","bytes":1}
                {"user":"bob","bytes":2}
                """;

        Outcome outcome = Outcome.reading(lines, "run", plan.toString(), "--report", report.toString());

        assertThat(outcome.code()).isZero();
        assertThat(outcome.err())
                .contains("note: detect: 1 event was not judged: there are more groups than\n      max_groups\n");
        assertThat(report).content().contains("\"windows\":{},\"unjudged\":{\"detect\":1},\"result\":{");
    }

    @Test
    void whatAWindowLeavesOutIsSaidAtTheEndAndInTheReport() throws IOException {
        Path plan = plan("""
                  - parse: json
                  - window: {every: 1s, by: user, compute: {bytes: sum(bytes)}, max_groups: 1}\
                """);
        Files.writeString(
                plan,
                Files.readString(plan).replace("discard}", "discard}, tardy: {type: discard, after: window.late}"));
        Path report = directory.resolve("report.json");
        String lines = """
                {"time":"2015-05-17T10:00:00.1Z","user":"ann","bytes":1}
                {"time":"2015-05-17T10:00:00.2Z","user":"bob","bytes":"none"}
                {"time":"2015-05-17T10:00:00.3Z","user":"cat","bytes":"some"}
                {"time":"2015-05-17T10:00:01.5Z","user":"ann","bytes":2}
                {"time":"2015-05-17T10:00:00.4Z","user":"ann","bytes":"late"}
                """;

        Outcome outcome = Outcome.reading(lines, "run", plan.toString(), "--report", report.toString());

        assertThat(outcome.code()).isZero();
        assertThat(outcome.err())
                .contains("note: window: 1 row is of groups that found no room: there are more")
                .contains("note: window: bytes leaves out 2 values that are no number\n")
                .contains("""
                        note: window: 1 event is in no row: its window had been given; no source
                              has a disorder to wait for; tardy took 1
                        """);
        assertThat(report)
                .content()
                .contains("\"windows\":{\"window\":{\"late\":1,\"rows_of_others\":1,\"ignored\":{\"bytes\":2}}}");
    }

    @Test
    void aLateEventThatItsSinkDoesNotWantIsFiltered() throws IOException {
        Path plan = plan("  - parse: json\n  - window: {every: 1s, compute: {events: count()}}");
        Files.writeString(
                plan,
                Files.readString(plan)
                        .replace("discard}", "discard}, tardy: {type: discard, after: window.late, where: bytes > 5}"));
        String lines = """
                {"time":"2015-05-17T10:00:01.5Z","bytes":9}
                {"time":"2015-05-17T10:00:00.4Z","bytes":1}
                {"time":"2015-05-17T10:00:00.5Z","bytes":6}
                """;

        Outcome outcome = Outcome.reading(lines, "run", plan.toString());

        assertThat(outcome.err())
                .contains("received 3 = delivered 1 + absorbed 1 + filtered 1 + dropped 0 ")
                .contains("2 events are in no row")
                .contains("tardy took 1");
    }

    @Test
    void eventsThatCameTooLateForTheirWindowsAreSaidAtTheEndAndInTheReport() throws IOException {
        Path plan = plan("  - parse: json\n  - window: {every: 1s, compute: {events: count()}}");
        Path report = directory.resolve("report.json");
        String lines = """
                {"time":"2015-05-17T10:00:00.9Z"}
                {"time":"2015-05-17T10:00:01.1Z"}
                {"time":"2015-05-17T10:00:00.8Z"}
                {"time":"2015-05-17T10:00:01.5Z"}
                {"time":"2015-05-17T10:00:00.7Z"}
                """;

        Outcome hasty = Outcome.reading(lines, "run", plan.toString(), "--report", report.toString());
        Outcome patient = Outcome.reading(lines, "run", plan.toString(), "--set", "sources.in.disorder=200ms");

        assertThat(hasty.err())
                .contains("absorbed 3 ")
                .contains("dropped, late: 2")
                .contains("""
                        note: window: 2 events are in no row: their windows had been given; no
                              source has a disorder to wait for
                        """);
        assertThat(report)
                .content()
                .contains(
                        "\"aggregates\":{},\"windows\":{\"window\":{\"late\":2,\"rows_of_others\":0,\"ignored\":{}}},\"result\":{}}");
        assertThat(patient.err()).contains("""
                        note: window: 1 event is in no row: its window had been given; windows
                              wait 0.20 s (disorder)
                        """);
    }

    @Test
    void aFieldThatNoLineHasIsSaidAtTheEnd() throws IOException {
        Path plan = plan("  - parse: json\n  - filter: staus >= 400");

        Outcome run = Outcome.reading("{\"status\":1}\n".repeat(1498), "run", plan.toString());
        Outcome query = Outcome.reading("{\"status\":1}\n", "query", "staus >= 400");

        assertThat(run.code()).isZero();
        assertThat(run.err())
                .contains("note: field \"staus\" was in none of the 1,498 lines; did you mean \"status\"?\n");
        assertThat(query.err()).endsWith("note: field \"staus\" was not in the only line; did you mean \"status\"?\n");
    }

    @Test
    void keysThatAreTooLongAreNotBlamedOnTheNumberOfGroups() throws IOException {
        Path plan = plan("  - parse: json\n  - aggregate: {by: user, compute: {lines: count()}}");
        String line = "{\"user\":\"" + "x".repeat(5000) + "\"}\n";

        Outcome outcome = Outcome.reading(line, "run", plan.toString());

        assertThat(outcome.err())
                .contains(
                        "note: aggregate: 1 event went to the row other: some keys are too long, or\n      all are too long together\n");
    }

    @Test
    void anAggregateThatTookEverythingHasNoNote() throws IOException {
        Path plan = plan("  - parse: json\n  - aggregate: {compute: {bytes: sum(bytes)}}");

        Outcome outcome = Outcome.reading("{\"bytes\":1}\n{\"bytes\":\"2\"}\n{}\n", "run", plan.toString());

        assertThat(outcome.err()).contains("absorbed 3").doesNotContain("note:");
    }

    @Test
    void theAnswerOfAQueryHasItsNotesToo() {
        Outcome outcome = Outcome.reading("{\"ms\":1}\n{\"ms\":\"fast\"}\n", "query", "sum(ms)");

        assertThat(outcome.out()).isEqualTo("  sum_ms\n       1\n");
        assertThat(outcome.err()).contains("note: aggregate: sum_ms leaves out 1 value that is no number\n");
    }
}
