package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {

    @Test
    void allExamplesPassTheirCases() throws IOException {
        String[] arguments = new String[Examples.plans().size() + 1];
        arguments[0] = "test";
        for (int i = 1; i < arguments.length; i++) {
            arguments[i] = Examples.plans().get(i - 1).toString();
        }

        Outcome outcome = Outcome.of(arguments);

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains(", 0 failed").doesNotContain("FAILED");
        assertThat(outcome.code()).isZero();
        assertThat(Examples.plans()).hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void allExamplesAreRightAndCanBeExplained() throws IOException {
        for (Path plan : Examples.plans()) {
            assertThat(Outcome.of("check", plan.toString()).code()).isZero();
            assertThat(Outcome.of("explain", plan.toString()).out()).contains("Threads:", "Guarantees");
        }
    }

    @Test
    void anAccessLogByStatus() {
        Outcome outcome = Examples.run("access-by-status", "web", "access.log");

        assertThat(outcome.out()).isEqualTo("""
                        status  requests  bytes
                           200         3  16973
                           302         1      0
                           404         1    312
                           500         2    174
                        """);
        assertThat(outcome.err())
                .contains("received 8 = delivered 0 + absorbed 7 + filtered 0 + dropped 0 + dead 1 + in flight 0 ok")
                .contains("dead letters: 1\n  parse, ")
                .contains("access.log, byte 475  ");
        assertThat(outcome.code()).isZero();
    }

    @Test
    void anAccessLogByMinuteOfEventTime() {
        assertThat(Examples.run("access-by-minute", "web", "access.log").out())
                .contains("2015-05-17T10:05:00Z         3       0   4835")
                .contains("2015-05-17T10:06:00Z         3       2   2384");
    }

    @Test
    void anAccessLogByWindowsOfEventTime() {
        assertThat(Examples.run("access-windows", "web", "access.log").out()).startsWith("""
                        window_start          window_end            status  requests  bytes  window_kind
                        2015-05-17T10:04:00Z  2015-05-17T10:06:00Z     302         1      0
                        2015-05-17T10:04:00Z  2015-05-17T10:06:00Z     404         1    312
                        """);
    }

    @Test
    void secondsThatAreUnusualForTheirSensor() {
        assertThat(Examples.run("sensor-alerts", "sensors", "sensors.jsonl").out())
                .contains("critical  readings 10: more than 2 times the usual 2\n")
                .contains("high      average 42: more than 1.5 times the usual 20.9622\n")
                .hasLineCount(3);
    }

    @Test
    void theEightLinesByLevel() {
        Outcome outcome = Examples.run("level-counts", "app", "app.log");

        assertThat(outcome.out()).isEqualTo("level  lines\nINFO       3\nWARN       1\nERROR      2\n");
        assertThat(outcome.err()).contains("received 8 = delivered 0 + absorbed 6 + filtered 2 +");
    }

    @Test
    void jsonLogs() {
        assertThat(Examples.run("json-slow", "api", "api.jsonl").out().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("{") && line.contains("\"env\":\"prod\""));
    }

    @Test
    void errorsOnOneRouteAndTheRestOnAnother(@TempDir Path directory) throws IOException {
        assertThat(partedByErrors("routes-by-level", directory).err())
                .contains("sink errors: offered 8, delivered 2, not wanted 6")
                .contains("sink rest: offered 8, delivered 6, not wanted 2");
    }

    @Test
    void errorsToOneFileAndTheRestToAnother(@TempDir Path directory) throws IOException {
        partedByErrors("errors-apart", directory);
    }

    /** Runs an example that keeps errors and all else in two files, and looks into both. */
    private static Outcome partedByErrors(String example, Path directory) throws IOException {
        Path errors = directory.resolve("errors.log");
        Path rest = directory.resolve("rest.log");

        Outcome outcome = Examples.run(
                example, "app", "app.log", "--set", "sinks.errors.path=" + errors, "--set", "sinks.rest.path=" + rest);

        assertThat(outcome.code()).isZero();
        assertThat(Files.readAllLines(errors))
                .containsExactly("ERROR Failed to connect to database", "ERROR Timeout waiting for response");
        assertThat(Files.readAllLines(rest)).hasSize(6).noneMatch(line -> line.startsWith("ERROR"));
        return outcome;
    }
}
