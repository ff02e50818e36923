package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Standard output as a pipe of a real process: a reader that leaves, and one that does not read. */
@Timeout(120)
class OutputProcessTest {

    private static final String ENDLESS = "name: copy\nsources: {in: {type: generate}}\nwhen_failed: %s\nsinks: {%s}\n";

    private final List<Process> processes = new ArrayList<>();

    @TempDir
    private Path directory;

    @AfterEach
    void killWhatIsLeft() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void aReaderThatHasSeenEnoughEndsTheRunQuietly() throws Exception {
        for (String whenFailed : List.of("dead_letter", "skip", "stop", "{retry: 9, backoff: 1h, then: dead_letter}")) {
            Process run = run(whenFailed, "out: {type: console}", "--drain", "100s");

            readThreeLinesAndLeave(run);

            assertThat(code(run)).as(whenFailed).isZero();
            assertThat(withoutProgress(errors(run))).as(whenFailed).isEmpty();
        }
    }

    @Test
    void aReaderThatLeavesWhileAFileIsWrittenIsSaid() throws Exception {
        Process run = run(
                "dead_letter",
                "out: {type: console}, file: {type: file, path: \"" + directory.resolve("kept.txt") + "\"}");

        readThreeLinesAndLeave(run);

        assertThat(code(run)).isEqualTo(1);
        assertThat(errors(run))
                .contains("in flight 0 ")
                .contains("ringmain run: standard output: closed by its reader (expected:")
                .doesNotContain("could not be written", "\tat ");
    }

    @Test
    void aSignalEndsAWriteThatNobodyReads() throws Exception {
        Process run = run("dead_letter", "out: {type: console}", "--drain", "500ms");

        // Its pipe has long been full when it says how far it is.
        BufferedReader errors = run.errorReader(StandardCharsets.UTF_8);
        readUntil(errors, " events ");
        run.toHandle().destroy();
        String rest = errors.lines().collect(Collectors.joining("\n"));

        assertThat(code(run)).isEqualTo(1);
        assertThat(rest)
                .contains("SIGTERM: draining, at most 0.50 s")
                .containsPattern("in flight [1-9][0-9,]* ")
                .contains("left at out: ")
                .contains("standard output: not read in time (expected: a reader to the end)")
                .doesNotContain("abandoned", "DOES NOT ADD UP", "\tat ");
    }

    @Test
    void aSignalEndsAResultThatIsPrintedToNobody() throws Exception {
        Path lines = directory.resolve("app.log");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append("INFO message ").append(i).append('\n');
        }
        Files.writeString(lines, text);
        Process query = start("query", lines.toString(), "--parse", "level", "count() by message");

        // Printed first when all has been read; then the pipe is soon full.
        query.getInputStream().read();
        query.toHandle().destroy();

        assertThat(code(query)).isEqualTo(1);
        assertThat(errors(query)).doesNotContain("\tat ");
    }

    private Process run(String whenFailed, String sinks, String... options) throws IOException {
        Path plan = Files.writeString(directory.resolve("copy.yaml"), ENDLESS.formatted(whenFailed, sinks));
        List<String> args = new ArrayList<>(List.of("run", plan.toString()));
        args.addAll(List.of(options));
        return start(args.toArray(new String[0]));
    }

    private Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).start();
        processes.add(process);
        return process;
    }

    private static void readThreeLinesAndLeave(Process process) throws IOException {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (int i = 0; i < 3; i++) {
                assertThat(lines.readLine()).isNotEmpty();
            }
        }
    }

    private static void readUntil(BufferedReader output, String text) throws IOException {
        String line = output.readLine();
        while (line != null && !line.contains(text)) {
            line = output.readLine();
        }
        assertThat(line).as("a line with " + text).isNotNull();
    }

    private static String errors(Process process) {
        return process.errorReader(StandardCharsets.UTF_8).lines().collect(Collectors.joining("\n"));
    }

    /** On a machine that is busy it may have said how far it is, and that nobody can map its counters without a flag. */
    private static String withoutProgress(String errors) {
        return errors.lines()
                .filter(line -> !line.contains(" events ") && !line.startsWith("warning: "))
                .collect(Collectors.joining("\n"));
    }

    private static int code(Process process) throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended").isTrue();
        return process.exitValue();
    }
}
