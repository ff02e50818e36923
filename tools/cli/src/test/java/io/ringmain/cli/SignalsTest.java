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
import org.junit.jupiter.api.io.TempDir;

/** Signals need a process of their own. Only SIGTERM is sent: where a build runs in the background, SIGINT is ignored. */
class SignalsTest {

    @TempDir
    private Path directory;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void killWhatIsLeft() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void sigtermDrainsTheDemoAndTheReportIsPrinted() throws Exception {
        Process demo = start(Main.class, "demo", "--seconds", "600");
        BufferedReader output = output(demo);

        // The first line comes before the handler is there, a line of progress after it.
        readUntil(output, " events ");
        demo.toHandle().destroy();
        String rest = output.lines().collect(Collectors.joining("\n"));

        assertThat(demo.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(demo.exitValue()).isZero();
        assertThat(rest)
                .contains("SIGTERM: draining, at most 10.00 s")
                .contains("Counts by level")
                .contains("in flight 0")
                .contains("adds up");
    }

    @Test
    void aSecondSignalHaltsAtOnce() throws Exception {
        Process stubborn = start(Stubborn.class);
        BufferedReader output = output(stubborn);

        readUntil(output, "ready");
        stubborn.toHandle().destroy();
        readUntil(output, "SIGTERM: draining");
        stubborn.toHandle().destroy();
        readUntil(output, "SIGTERM again: halting");

        assertThat(stubborn.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(stubborn.exitValue()).isEqualTo(143);
    }

    @Test
    void aRunThatFollowsGoesOnThroughRotationAndEndsWithASignal() throws Exception {
        Path log = Files.writeString(directory.resolve("app.log"), "one\n");
        Path plan = Files.writeString(directory.resolve("follow.yaml"), """
                sources: {web: {type: file, path: "%s", follow: true}}
                sinks: {out: {type: console}}
                when_failed: stop
                """.formatted(log));
        Process run = start(Main.class, "run", plan.toString());
        BufferedReader output = output(run);

        readUntil(output, "one");
        Files.move(log, directory.resolve("app.log.1"));
        Files.writeString(log, "two\n");
        readUntil(output, "two");
        Files.writeString(log, "");
        readUntil(output, "note: sources.web.path: " + log + ": cut, or another file than was read to byte 4;");
        run.toHandle().destroy();
        String rest = output.lines().collect(Collectors.joining("\n"));

        assertThat(run.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).isZero();
        assertThat(rest).contains("SIGTERM: draining").contains("in flight 0").contains("received 2");
    }

    private Process start(Class<?> program, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        processes.add(process);
        return process;
    }

    private static BufferedReader output(Process process) {
        return process.inputReader(StandardCharsets.UTF_8);
    }

    private static void readUntil(BufferedReader output, String text) throws IOException {
        String line = output.readLine();
        while (line != null && !line.contains(text)) {
            line = output.readLine();
        }
        assertThat(line).as("a line with " + text).isNotNull();
    }
}
