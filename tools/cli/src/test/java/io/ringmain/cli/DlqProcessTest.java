package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters of a run that goes on, in another process. */
@Timeout(120)
class DlqProcessTest {

    @TempDir
    private Path directory;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void killWhatIsLeft() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void aRunThatGoesOnTriesThemAgainAndFreesTheirFiles() throws Exception {
        Path log = Files.writeString(directory.resolve("access.log"), "bad one\nbad two\n");
        Path out = directory.resolve("out.jsonl");
        String letters = directory.resolve("letters").toString();
        Path plan = Files.writeString(
                directory.resolve("plan.yaml"), """
                name: live
                sources: {web: {type: file, path: "%s", follow: true, checkpoint: "%s"}}
                steps:
                  - parse: common
                sinks: {out: {type: file, path: "%s"}}
                when_failed: dead_letter
                dead_letters: {path: "%s"}
                """.formatted(log, directory.resolve("checkpoints"), out, letters));
        Process run = start("run", plan.toString());
        // A line of progress comes when it runs, and is to be found.
        readUntil(run, " events ");
        Path good = Files.writeString(directory.resolve("good"), DlqCommandTest.GOOD.formatted("mended"));
        Files.writeString(log, DlqCommandTest.GOOD.formatted("first") + '\n', StandardOpenOption.APPEND);

        assertThat(ask("dlq", "list", letters, "--count")).isEqualTo("2");
        String child = ask("dlq", "edit", letters, "0-0", "--payload", good.toString());
        assertThat(ask("dlq", "retry", letters, child)).contains("1 letter, 1 done with");
        assertThat(ask("dlq", "retry", letters, child)).contains("was resolved before");
        assertThat(ask("dlq", "retry", letters, "0-1")).contains("has failed again; there is a new letter");
        assertThat(ask("dlq", "import", letters, good.toString()))
                .contains("in use by PID " + run.pid() + " (expected: no run that writes there)");
        assertThat(ask("dlq", "purge", letters, "--all")).isEqualTo("purged 1 letter");
        assertThat(ask("dlq", "stats", letters)).startsWith("0 letters");

        run.toHandle().destroy();
        assertThat(run.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).isZero();
        assertThat(Files.readAllLines(out)).hasSize(2).anyMatch(line -> line.contains("/mended"));
    }

    private String ask(String... args) throws Exception {
        Process process = start(args);
        String said = process.inputReader(StandardCharsets.UTF_8).lines().collect(Collectors.joining("\n"));
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    private Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + directory,
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
                "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        processes.add(process);
        return process;
    }

    private static void readUntil(Process process, String text) throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        while (line != null && !line.contains(text)) {
            line = output.readLine();
        }
        assertThat(line).as("a line with " + text).isNotNull();
    }
}
