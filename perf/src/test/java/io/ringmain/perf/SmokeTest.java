package io.ringmain.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.perf.kit.Bar;
import io.ringmain.perf.logs.Format;
import io.ringmain.perf.logs.Lines;
import io.ringmain.perf.logs.MadeLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every measurement works, with tiny numbers; what it measured is not looked at. */
@Timeout(120)
class SmokeTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
    void eachRowOfRatiosMovesTheSameEventsOnBothSides(int row) throws IOException {
        String output = run("ratios", "--rows", Integer.toString(row), "--pairs", "1", "--events", "6400");

        assertThat(output).contains("hash ");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void eachRowOfTopologiesMovesTheSameEventsOnAllSides(int row) throws IOException {
        String output = run("topologies", "--rows", Integer.toString(row), "--rounds", "1", "--events", "6400");

        assertThat(output).contains("hash ", "Ringmain ", "times as long as ours");
    }

    @Test
    void thePoolStandsBesideAllOthers() throws IOException {
        String output = run("topologies", "--rows", "4", "--rounds", "1", "--events", "640");

        assertThat(output)
                .contains(
                        "ArrayBlockingQueue ",
                        "LinkedTransferQueue ",
                        "ThreadPoolExecutor ",
                        "ForkJoinPool ",
                        "Disruptor 4, by hand ",
                        "Disruptor 3 WorkerPool ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compare lists --rounds 1 --entries 500,1000 --threads 1,3",
                "compare batches --rounds 1 --events 20",
                "compare pack --rounds 1 --chunks 9 --chunk 20_000",
                "compare pools --rounds 1 --waiters 2 --longest 0",
                "compare counters --operations 1000 --rounds 1 --threads 1,3"
            })
    void eachComparisonCountsTheSameOnAllSides(String command) throws IOException {
        Path json = folder.resolve("rows.json");

        String output = run((command + " --json " + json).split(" ", -1));

        assertThat(output).contains("machine: ", "command: java -jar");
        assertThat(json).content().startsWith("[\n  {\"").contains("\": 1");
    }

    @Test
    void aComparisonThatIsNotThereIsRefusedByName() {
        assertThatThrownBy(() -> run("compare", "list")).hasMessageContaining("compare list (expected: lists");
    }

    @ParameterizedTest
    @CsvSource({
        "ratios --rows bar --pairs 1 --events 640",
        "topologies --rows bar --rounds 1 --events 640",
        "allocation --events 100",
        "epsilon --events 100_000",
        "levels --pairs 1 --lines 2000",
        "parsers --runs 1 --lines 200",
        "idle --seconds 0.02 --settle 0.02",
        "handoff --rounds 1 --events 5",
        "journal --pairs 1 --lines 2000",
        "replay --events 2000 --seconds 0.1",
        "letters --pairs 1 --letters 1000",
        "letter-files --runs 1 --letters 1000"
    })
    void eachMeasurementStatesMachineAndCommandAndWhetherItsBarWasKept(String command) throws IOException {
        String output = run(command.split(" "));

        assertThat(output)
                .contains("machine: ", "command: java -jar perf/target/ringmain-perf.jar " + command)
                .containsIgnoringCase("bar ");
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void throughputFindsTheFormatOfTheFileAndCountsItsLines(Format format) throws IOException {
        Path file = made(format, 300);

        String output = run("throughput", file.toString(), "--runs", "1");

        // A regular expression is for lines that another parser takes too.
        String found = format == Format.REGEX ? "common" : format.title();
        assertThat(output)
                .contains("machine: ", "raw byte loop", "framing, pipeline", "parse " + format.title() + ", pipeline")
                .contains("whole, " + found, "whole: 300 lines: 300 counted", "no bar without --command");
    }

    @Test
    void throughputTakesTheOneFormatThatItIsGiven() throws IOException {
        Path file = made(Format.COMBINED, 300);

        String output = run("throughput", file.toString(), "--runs", "1", "--format", "regex");

        assertThat(output).contains("whole, regex").doesNotContain("parse combined");
    }

    @Test
    void throughputSetsACommandBesideMawk() throws IOException {
        Path file = made(Format.COMBINED, 300);

        String output = run("throughput", file.toString(), "--runs", "1", "--command", "echo 'a b'");

        assertThat(output).contains("ours:   echo 'a b'", "theirs: mawk").containsIgnoringCase("bar ");
    }

    @Test
    void aCommandThatFailsIsToldWithWhatItSaid() throws IOException {
        Path file = made(Format.COMBINED, 10);

        assertThatThrownBy(() ->
                        Main.run("throughput", file.toString(), "--runs", "1", "--command", "echo why >&2; exit 9"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("exit code 9 (expected: 0): why");
    }

    private Path made(Format format, int lines) throws IOException {
        Lines made = new MadeLines(format, 1).make(lines);
        return Files.write(folder.resolve(format.title() + ".log"), made.bytes());
    }

    @Test
    void eachBenchmarkOfJmhRuns() throws Exception {
        // A lock in the directory for temporary files would make two builds on one machine exclude each other.
        System.setProperty("jmh.ignoreLock", "true");
        var options = new OptionsBuilder()
                .include("io\\.ringmain\\.perf\\.jmh\\..*")
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(1))
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build();

        assertThat(new Runner(options).run()).hasSize(12);
    }

    @Test
    void withoutArgumentsItListsMeasurementsAndBenchmarks() throws IOException {
        String output = run();

        assertThat(output)
                .contains(
                        "ratios",
                        "topologies",
                        "throughput",
                        "parsers",
                        "levels",
                        "epsilon",
                        "allocation",
                        "idle",
                        "handoff",
                        "journal",
                        "replay",
                        "letters",
                        "letter-files",
                        "chaos",
                        "nab",
                        "io.ringmain.perf.jmh.Publish.move");
    }

    @ParameterizedTest
    @CsvSource({
        "ratios --pears 7,--pears: unknown",
        "compare lists --threads x,--threads: x",
        "compare batches --json /nowhere/at/all,--json: /nowhere/at/all: cannot be written",
        "topologies --rows 13,--rows: 13",
        "idle --seconds,--seconds: no value",
        "handoff --rounds 0,--rounds: 0",
        "throughput,throughput: no file",
        "nab,nab: no directory",
        "nab src,nab: src (expected: a directory with combined_windows.json",
        "throughput --runs 5,throughput: no file",
        "throughput no-such.log,throughput: no-such.log",
        "throughput pom.xml,no parser takes most",
        "throughput pom.xml --format awk,--format: awk"
    })
    void aWrongOptionIsRefusedByName(String command, String message) {
        assertThatThrownBy(() -> Main.run(command.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    /** Runs a measurement and returns what it printed. */
    private static String run(String... args) throws IOException {
        var captured = new ByteArrayOutputStream();
        PrintStream standard = System.out;
        int exit;
        try (var out = new PrintStream(captured, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            exit = Main.run(args);
        } finally {
            System.setOut(standard);
        }
        String output = captured.toString(StandardCharsets.UTF_8);
        // Times depend on the machine, so a bar that was missed is as good here as one that was kept.
        assertThat(exit).as(output).isIn(Bar.KEPT, Bar.MISSED);
        return output;
    }
}
