package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunCommandTest {

    private static final String PLAN = """
            name: levels
            sources: {app: {type: file, path: %s}}
            steps:
              - parse: level
              - aggregate: {by: [level], compute: {lines: count()}}
            sinks: {out: {type: %s}}
            when_failed: dead_letter
            """;

    @TempDir
    Path directory;

    private Path plan(String path, String sink) throws IOException {
        Path plan = directory.resolve("levels.yaml");
        return Files.writeString(plan, PLAN.formatted(path, sink));
    }

    private Path lines(String text) throws IOException {
        return Files.writeString(directory.resolve("app.log"), text);
    }

    @Test
    void theReportIsOneObjectWithTheNamesThatDoNotChange() throws IOException {
        Path input = lines("INFO a\nERROR b\nnonsense\nINFO c\n");
        Path report = directory.resolve("report.json");

        Outcome outcome = Outcome.of(
                "run", plan(input.toString(), "console").toString(), "--report", report.toString(), "--quiet");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.err()).isEmpty();
        String json = Files.readString(report);
        assertThat(json)
                .startsWith("{\"pipeline\":\"levels\",\"seconds\":")
                .contains(
                        "\"received\":4,\"delivered\":0,\"absorbed\":3,\"filtered\":0,\"dropped\":0,"
                                + "\"dead_lettered\":1,\"parked\":0,\"in_flight\":0,\"replayed\":0,\"bytes\":31,\"per_second\":")
                .contains("\"error_rate\":0.25,\"blocked\":{")
                .contains(
                        "\"stages\":[{\"name\":\"parse\",\"in\":4,\"out\":3,\"filtered\":0,\"failed\":1,\"per_second\":")
                .contains(
                        "\"service_us\":{\"mean\":", "\"p50\":", "\"p99\":", "\"p999\":", "\"max\":", "\"depth_max\":")
                .contains("\"sinks\":[{\"name\":\"out\",\"offered\":2,\"delivered\":2,\"not_wanted\":0,")
                .endsWith(
                        "\"result\":{\"aggregate\":[{\"level\":\"INFO\",\"lines\":2},{\"level\":\"ERROR\",\"lines\":1}]}}\n");
        assertThat(json).doesNotContain("aggregate-rows");
    }

    @Test
    void theReportSaysHowTheCircuitOfASinkStands() throws IOException {
        Path report = directory.resolve("report.json");
        Path plan = Files.writeString(directory.resolve("breaker.yaml"), """
                sources: {app: {type: file, path: "%s"}}
                sinks: {out: {type: console, breaker: {after: 2}, batch: {count: 2, wait: 1s}}}
                when_failed: stop
                """.formatted(lines("a\nb\nc\n")));

        Outcome outcome = Outcome.of("run", plan.toString(), "--report", report.toString(), "--quiet");

        assertThat(outcome.out()).isEqualTo("a\nb\nc\n");
        assertThat(Files.readString(report)).contains("\"circuit\":{\"state\":\"closed\",\"opened\":0,\"seconds\":");
    }

    @Test
    void whatASinkDoesNotWantIsFilteredAndSaid() throws IOException {
        Path input = lines("INFO a\nERROR b\nINFO c\n");
        Path report = directory.resolve("report.json");
        Path plan = Files.writeString(directory.resolve("errors.yaml"), """
                sources: {app: {type: file, path: "%s"}}
                steps: [{parse: level}]
                sinks: {out: {type: console, where: level >= ERROR}}
                when_failed: stop
                """.formatted(input));

        Outcome outcome = Outcome.of("run", plan.toString(), "--report", report.toString());

        assertThat(outcome.out()).isEqualTo("ERROR b\n");
        assertThat(outcome.err())
                .contains("received 3 = delivered 1 + absorbed 0 + filtered 2 + dropped 0 + dead 0 + in flight 0 ok\n")
                .contains("  sink out: offered 3, delivered 1, not wanted 2\n");
        assertThat(Files.readString(report))
                .contains("\"delivered\":1,\"absorbed\":0,\"filtered\":2,")
                .contains("\"offered\":3,\"delivered\":1,\"not_wanted\":2,");
    }

    @Test
    void theReportCanBeTheAnswerWhereNoSinkWritesToTheConsole() throws IOException {
        Path input = lines("INFO a\n");

        Outcome json = Outcome.of("run", plan(input.toString(), "discard").toString(), "--format", "json");
        Outcome both = Outcome.of("run", plan(input.toString(), "console").toString(), "--format", "json");

        assertThat(json.code()).isZero();
        assertThat(json.out()).startsWith("{\"pipeline\":\"levels\"").hasLineCount(1);
        assertThat(json.err()).isEmpty();
        assertThat(both.code()).isEqualTo(2);
        assertThat(both.err())
                .contains("--format: json, but sinks.out writes to standard output itself")
                .contains("--report");
    }

    @Test
    void aWrongPlanIsShownWithAllItsProblems() throws IOException {
        Path plan = plan("app.log", "consle");
        Files.writeString(plan, Files.readString(plan).replace("count()", "cuont()"));

        Outcome outcome = Outcome.of("run", plan.toString());

        assertThat(outcome.code()).isEqualTo(78);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .contains("did you mean console?", "did you mean count?", "levels.yaml:5:", "levels.yaml: 2 problems");
    }

    @Test
    void anOverrideThatIsNoneIsWrongUsage() throws IOException {
        String plan = plan("app.log", "console").toString();

        assertThat(Outcome.of("run", plan, "--set", "sources").err()).contains("--set: sources (expected: path=value");
        assertThat(Outcome.of("run", plan, "--set", "a=1", "--set", "a=2").code())
                .isEqualTo(2);
        assertThat(Outcome.of("run", plan, "--set", "sources.api.path=x").code())
                .isEqualTo(78);
    }

    @Test
    void aMissingFileIsOneSentence() throws IOException {
        Path missing = directory.resolve("gone.log");

        Outcome outcome = Outcome.of("run", plan(missing.toString(), "console").toString());

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .contains("ringmain run: sources.app.path: " + missing + ": no such file")
                .doesNotContain("received", "Exception", "\tat ");
    }

    @Test
    void aDirectoryIsOneSentence() throws IOException {
        Outcome outcome =
                Outcome.of("run", plan(directory.toString(), "console").toString());

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("directory").doesNotContain("Exception", "\tat ");
    }

    @Test
    void anOutputInADirectoryThatIsNotThereIsOneSentence() throws IOException {
        Path input = lines("INFO a\n");
        String sink = "file, path: " + directory.resolve("none/out.txt");

        Outcome outcome = Outcome.of("run", plan(input.toString(), sink).toString());

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("ringmain run: sinks.out", "none").doesNotContain("Exception", "\tat ");
    }

    @Test
    void aTruncatedGzipIsSaidBehindWhatCouldBeRead() throws IOException {
        Path whole = directory.resolve("whole.gz");
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(whole))) {
            for (int i = 0; i < 20_000; i++) {
                gzip.write(("INFO line " + i * 7919 % 10_007 + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(directory.resolve("cut.gz"), Arrays.copyOf(bytes, bytes.length / 2));

        Outcome outcome = Outcome.of("run", plan(cut.toString(), "console").toString());

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("cut.gz", "NOT DONE")
                .containsPattern("received [1-9][0-9,]* =")
                .doesNotContain("Exception:", "\tat ");
    }

    @Test
    void aReportThatCannotBeWrittenIsSaidBeforeAnythingRuns() throws IOException {
        Path input = lines("INFO a\n");
        Path report = directory.resolve("none/report.json");

        Outcome outcome =
                Outcome.of("run", plan(input.toString(), "console").toString(), "--report", report.toString());

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("--report: " + report + ": cannot be written: no such file or directory");
    }

    @Test
    @Timeout(60)
    void aConsoleThatTakesNothingEndsTheRunWithAnError() throws IOException {
        // Without an end of its own, so that nothing but the failure ends it.
        Path plan = Files.writeString(
                directory.resolve("copy.yaml"),
                "name: copy\nsources: {in: {type: generate}}\nsinks: {out: {type: console}}\nwhen_failed: skip\n");

        Outcome outcome = Outcome.full("run", plan.toString());

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("ringmain run: standard output: No space left on device")
                .contains("+ in flight 0 ok\n")
                .doesNotContain("\tat ");
    }

    @Test
    void whatASinkCouldNotWriteIsAFailureThoughItIsADeadLetter() throws IOException {
        Path input = lines("INFO a\nnonsense\nINFO b\n");
        Path plan = Files.writeString(directory.resolve("full.yaml"), """
                sources: {app: {type: file, path: "%s"}}
                steps: [{parse: level}]
                sinks: {out: {type: file, path: /dev/full}}
                when_failed: dead_letter
                """.formatted(input));

        Outcome outcome = Outcome.of("run", plan.toString(), "--quiet");
        Outcome unparsed = Outcome.of("run", plan(input.toString(), "discard").toString());

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("ringmain run: sinks.out: 2 events could not be written (expected: room");
        assertThat(unparsed.code()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"skip, dropped", "dead_letter, dead"})
    void theCountsOfASinkThatDidNotTakeAllAddUp(String whenFailed, String where) throws IOException {
        Path input = lines("INFO a\nERROR b\nINFO c\n");
        Path plan = Files.writeString(directory.resolve("apart.yaml"), """
                sources: {app: {type: file, path: "%s"}}
                steps: [{parse: level}]
                sinks: {errors: {type: file, path: /dev/full, where: level >= ERROR}, all: {type: discard}}
                when_failed: %s
                """.formatted(input, whenFailed));

        Outcome outcome = Outcome.of("run", plan.toString());

        assertThat(outcome.err())
                .contains("  sink errors: offered 3, delivered 0, not wanted 2, " + where + " 1\n")
                .contains("  sink all: offered 3, delivered 3\n");
    }

    @Test
    void aSinkWithARingOfItsOwnIsShownBecauseTheFirstLineSaysAbsorbed() throws IOException {
        Path input = lines("INFO a\nERROR b\nINFO c\n");
        Path plan = Files.writeString(directory.resolve("own.yaml"), """
                sources: {app: {type: file, path: "%s"}}
                steps: [{parse: level}]
                sinks: {out: {type: discard, when_full: block}}
                when_failed: stop
                """.formatted(input));

        Outcome outcome = Outcome.of("run", plan.toString());

        assertThat(outcome.err()).contains("absorbed 3", "  sink out: offered 3, delivered 3\n");
    }

    @ParameterizedTest
    @CsvSource({"stop, at", "skip, first at"})
    void aLineThatFailsIsNamedThoughItBecomesNoLetter(String whenFailed, String word) throws IOException {
        Path input = lines("INFO a\nbad\nworse\n");
        Path plan = Files.writeString(directory.resolve("bad.yaml"), """
                sources: {app: {type: file, path: "%s"}}
                steps: [{parse: level}]
                sinks: {out: {type: discard}}
                when_failed: %s
                """.formatted(input, whenFailed));

        Outcome outcome = Outcome.of("run", plan.toString());

        assertThat(outcome.err())
                .contains("failed: parse: the first word is no level")
                .contains("\n  " + word + ' ' + input + ", byte 7\n");
    }

    @Test
    void standardInputIsRead() throws IOException {
        Path plan = plan("unused", "console");
        Files.writeString(plan, Files.readString(plan).replace("type: file, path: unused", "type: stdin"));

        Outcome outcome = Outcome.reading("WARN a\nWARN b\n", "run", plan.toString());

        assertThat(outcome.out()).isEqualTo("level  lines\nWARN       2\n");
        assertThat(outcome.code()).isZero();
    }

    @Test
    void aSignalDrainsAndReports() throws IOException {
        Path plan = Files.writeString(
                directory.resolve("endless.yaml"),
                "name: endless\nsources: {in: {type: generate}}\nsteps: [{parse: combined}]\nsinks: {out: {type: discard}}\nwhen_failed: stop\n");

        Outcome outcome = Outcome.signalled("SIGTERM", "run", plan.toString());

        assertThat(outcome.code()).isZero();
        assertThat(outcome.err()).contains("SIGTERM: draining", "endless: ", "+ in flight 0 ok");
    }
}
