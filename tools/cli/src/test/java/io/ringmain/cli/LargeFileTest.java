package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.cli.stat.RunDirectory;
import io.ringmain.cli.stat.RunView;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.agrona.concurrent.SystemEpochClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file of 4 GB in a small heap: exact counts, memory that does not grow, and a signal in the middle. */
@Tag("slow")
@Timeout(300)
class LargeFileTest {

    private static final long FILE_BYTES = 4L << 30;
    private static final long RSS_DRIFT_MAX_KB = 16 << 10;
    private static final int BLOCK_LINES = 50_000;
    private static final int[] STATUSES = {200, 200, 200, 200, 304, 404, 301, 500};

    private final Map<Integer, Long> expected = new TreeMap<>();
    private final List<Process> processes = new ArrayList<>();

    @TempDir
    private Path directory;

    @AfterEach
    void killWhatIsLeft() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void memoryStaysTheSameAndTheCountsAreExact() throws Exception {
        long lines = writeLog();

        Process process = start();
        long early = rssKbWhen(process, bytes -> bytes >= FILE_BYTES / 4);
        long late = rssKbWhen(process, bytes -> bytes >= FILE_BYTES / 100 * 97);

        assertThat(code(process)).isZero();
        assertThat(Math.abs(late - early))
                .as("RssAnon at a quarter: %,d kB, at the end: %,d kB", early, late)
                .isLessThanOrEqualTo(RSS_DRIFT_MAX_KB);
        String report = Files.readString(directory.resolve("report.json"));
        assertThat(report).contains("\"received\":" + lines + ",").contains("\"in_flight\":0");
        expected.forEach((status, count) ->
                assertThat(report).contains("{\"status\":" + status + ",\"requests\":" + count + "}"));
    }

    @Test
    void aSignalInTheMiddleDrainsAndBalances() throws Exception {
        writeLog();

        Process process = start();
        rssKbWhen(process, bytes -> bytes >= FILE_BYTES / 4);
        process.destroy();

        assertThat(code(process)).isZero();
        String report = Files.readString(directory.resolve("report.json"));
        assertThat(report).contains("\"in_flight\":0,").contains("\"dropped\":0,");
        assertThat(number(report, "received")).isPositive().isEqualTo(number(report, "absorbed"));
    }

    /** Writes the file as one block of lines again and again, and counts what is in it; returns the number of lines. */
    private long writeLog() throws IOException {
        long seed = 4;
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder text = new StringBuilder();
        Map<Integer, Long> counts = new TreeMap<>();
        for (int i = 0; i < BLOCK_LINES; i++) {
            int status = STATUSES[random.nextInt(STATUSES.length)];
            counts.merge(status, 1L, Long::sum);
            text.append("10.")
                    .append(random.nextInt(256))
                    .append(".7.")
                    .append(random.nextInt(256))
                    .append(" - - [17/May/2015:10:05:")
                    .append(10 + i % 50)
                    .append(" +0000] \"GET /presentations/")
                    .append(random.nextInt(100_000))
                    .append("/images/sad-medic.png HTTP/1.1\" ")
                    .append(status)
                    .append(' ')
                    .append(random.nextInt(1_000_000))
                    .append(" \"http://example.org/presentations/\" \"Mozilla/5.0 (X11; Linux x86_64)\"\n");
        }
        byte[] block = text.toString().getBytes(StandardCharsets.UTF_8);
        long blocks = FILE_BYTES / block.length + 1;
        try (OutputStream out = Files.newOutputStream(directory.resolve("access.log"))) {
            for (long i = 0; i < blocks; i++) {
                out.write(block);
            }
        }
        counts.forEach((status, count) -> expected.put(status, count * blocks));
        return blocks * BLOCK_LINES;
    }

    private Process start() throws IOException {
        Path plan = directory.resolve("plan.yaml");
        Files.writeString(plan, """
                name: large
                sources:
                  web: {type: file, path: %s}
                steps:
                  - parse: combined
                  - filter: status >= 100
                  - aggregate: {by: [status], compute: {requests: count()}}
                sinks:
                  nothing: {type: discard}
                when_failed: skip
                """.formatted(directory.resolve("access.log")));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + directory,
                        "-Xms128m",
                        "-Xmx128m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "run",
                        plan.toString(),
                        "--quiet",
                        "--report",
                        directory.resolve("report.json").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.txt").toFile())
                .start();
        processes.add(process);
        return process;
    }

    /** Waits until the run's own counter of bytes is as {@code reached} says; returns its anonymous memory then, in kB. */
    private long rssKbWhen(Process process, Predicate<Long> reached) throws Exception {
        RunDirectory runs = runs();
        long last = 0;
        while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
            long rss = rssKb(process);
            if (Files.exists(runs.file(process.pid()))) {
                try (RunView view = RunView.open(runs.file(process.pid()))) {
                    if (reached.test(view.look().counter("bytes"))) {
                        return rss;
                    }
                } catch (IOException notYet) {
                    // It is being made, or has just gone.
                    continue;
                }
            }
            last = rss > 0 ? rss : last;
        }
        // The run was quicker than the next look.
        assertThat(last).as(() -> "memory seen before the end; " + output()).isPositive();
        return last;
    }

    private String output() {
        try {
            return Files.readString(directory.resolve("output.txt"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private RunDirectory runs() {
        return new RunDirectory(
                directory.resolve("ringmain-" + System.getProperty("user.name")), SystemEpochClock.INSTANCE);
    }

    private static long rssKb(Process process) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", "" + process.pid(), "status"))) {
                if (line.startsWith("RssAnon:")) {
                    return Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
        } catch (IOException gone) {
            return 0;
        }
        return 0;
    }

    private static long number(String report, String name) {
        String behind = report.substring(report.indexOf("\"" + name + "\":") + name.length() + 3);
        return Long.parseLong(behind.replaceAll("(?s)\\D.*", ""));
    }

    private static int code(Process process) throws InterruptedException {
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
