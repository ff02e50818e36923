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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command in processes of its own, as it is started for real. */
@Timeout(120)
class StatProcessTest {

    private static final String FLAG = "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED";

    private final List<Process> processes = new ArrayList<>();

    @TempDir
    private Path temporary;

    @AfterEach
    void killWhatIsLeft() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void aRunIsSeenByAnotherProcessAndAKilledOneIsStale() throws Exception {
        Process demo = start(FLAG, "demo", "--seconds", "600");
        readUntil(demo, " events ");

        Process watch = start(FLAG, "stat", "--watch", "" + demo.pid());
        String first = readUntil(watch, "received ");
        demo.destroyForcibly();
        String rest = rest(watch);
        Process late = start(FLAG, "stat");
        String stale = rest(late);
        Process next = start(FLAG, "demo", "--lines", "1000");
        rest(next);

        assertThat(first).contains("demo, pid " + demo.pid() + ": running for ");
        assertThat(rest).contains("STALE after ");
        assertThat(code(watch)).isZero();
        assertThat(stale).contains("demo, pid " + demo.pid() + ": STALE after ").contains("ringmain stat: no run");
        assertThat(code(late)).isEqualTo(1);
        assertThat(code(next)).isZero();
        try (Stream<Path> left = Files.walk(temporary)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void withoutTheFlagARunGoesOnUnseenAndStatNamesTheFlag() throws Exception {
        Process demo = start("-Dno.flag=true", "demo", "--lines", "1000");
        Process stat = start("-Dno.flag=true", "stat");
        String demoOutput = rest(demo);
        String statOutput = rest(stat);

        String missing = "java: no access to jdk.internal.misc (expected: java --add-exports"
                + " java.base/jdk.internal.misc=ALL-UNNAMED); add it, or use bin/ringmain";
        assertThat(demoOutput)
                .contains("warning: 'ringmain stat' cannot see this run: " + missing)
                .contains("adds up");
        assertThat(code(demo)).isZero();
        assertThat(statOutput).isEqualTo("ringmain stat: " + missing);
        assertThat(code(stat)).isEqualTo(1);
    }

    private Process start(String flag, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                flag,
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        processes.add(process);
        return process;
    }

    /** Reads up to the line with {@code text}, which it must have. */
    private static String readUntil(Process process, String text) throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder read = new StringBuilder();
        String line = output.readLine();
        while (line != null && !line.contains(text)) {
            read.append(line).append('\n');
            line = output.readLine();
        }
        assertThat(line).as("a line with " + text + " after " + read).isNotNull();
        return read.toString();
    }

    private static String rest(Process process) {
        return process.inputReader(StandardCharsets.UTF_8).lines().collect(Collectors.joining("\n"));
    }

    private static int code(Process process) throws InterruptedException {
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
