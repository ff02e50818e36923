package io.ringmain.logs.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ringmain.Pipeline;
import io.ringmain.Report;
import io.ringmain.config.WhenFailed;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.spi.Source.Status;
import io.ringmain.testing.StepRunner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FollowTest {

    @TempDir
    private Path directory;

    private Path append(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Follower follower(String pattern) throws Exception {
        return new Follower(directory, pattern);
    }

    private static String lines(int count) {
        return IntStream.range(0, count).mapToObj(i -> i + "\n").reduce("", String::concat);
    }

    private static void runFor(StepRunner runner, int ms) {
        for (int i = 0; i < ms; i++) {
            runner.stepWhilePossible();
            runner.clock().advance(1_000_000);
        }
    }

    @Test
    void waitsAtTheEndWithoutMoving() throws Exception {
        append("a.log", "1\n2");
        try (Follower follower = follower("a.log")) {
            follower.readAll();

            assertThat(follower.fill(7)).isEqualTo(Status.IDLE);
            assertThat(follower.lines()).containsExactly("1");
            assertThat(follower.now().bytesTotal()).isEqualTo(-1);
        }
    }

    @Test
    void whatIsAddedIsThereAtTheNextCall() throws Exception {
        append("a.log", "1\n");
        try (Follower follower = follower("a.log")) {
            follower.readAll();
            append("a.log", "2\n");

            follower.fill(7);

            assertThat(follower.lines()).containsExactly("1", "2");
        }
    }

    @Test
    void successorOfOneThatIsGoneBeforeItCouldBeOpenedIsRead() throws Exception {
        for (int i = 100; i < 400; i++) {
            append(i + ".log", i + "\n");
        }
        append("z.log", "not read\n");
        Files.setLastModifiedTime(directory.resolve("z.log"), FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));
        try (Follower follower = follower("*.log")) {
            follower.look();
            append("z.new", "1\n");
            Files.move(directory.resolve("z.new"), directory.resolve("z.log"), StandardCopyOption.REPLACE_EXISTING);
            follower.look();

            follower.readToTheEnd();

            assertThat(follower.lines()).hasSize(301).endsWith("1").doesNotContain("not read");
            assertThat(follower.notices()).singleElement().asString().contains("z.log: gone; its last 9 bytes");
        }
    }

    @Test
    void whatIsAddedToAnOlderFileHoldsNobodyUp() throws Exception {
        append("a.log", "1\n2\n");
        try (Follower follower = follower("*.log")) {
            follower.readAll();
            append("a.log", "3\nwithout an end");
            append("b.log", "4\n");

            follower.readToTheEnd();

            assertThat(follower.lines()).containsExactly("1", "2", "3", "4");
        }
    }

    @Test
    void fileThatIsDeletedWhileItIsReadIsReadToItsEnd() throws Exception {
        Path log = append("a.log", lines(3000));
        try (Follower follower = follower("a.log")) {
            follower.read(2);
            Files.delete(log);
            append("a.log", "new\n");
            follower.readAll();

            assertThat(follower.lines()).hasSize(3001).endsWith("2999", "new");
            assertThat(follower.notices()).isEmpty();
        }
    }

    @Test
    void fileThatIsDeletedBeforeItsTurnIsReadToo() throws Exception {
        append("a.log", lines(2000));
        Path late = append("b.log", "b\n");
        try (Follower follower = follower("*.log")) {
            follower.read(1);
            Files.delete(late);
            follower.readAll();

            assertThat(follower.lines()).hasSize(2001).contains("b");
        }
    }

    @Test
    void lastLineOfAFileThatWasReplacedIsOneAfterASecond() throws Exception {
        Path log = append("a.log", "1\n2");
        try (Follower follower = follower("a.log")) {
            follower.readAll();
            Files.move(log, directory.resolve("a.log.1"));
            append("a.log", "3\n");
            follower.readAll();
            assertThat(follower.lines()).containsExactly("1");

            follower.readToTheEnd();
            assertThat(follower.lines()).containsExactly("1", "2", "3");
        }
    }

    @Test
    void lineWhoseEndWasCutOffByTruncationIsALineAndTheCutIsSaidOnce() throws Exception {
        Path log = append("a.log", "1\nhal");
        try (Follower follower = follower("a.log")) {
            follower.readAll();
            Files.writeString(log, "");
            follower.readAll();
            append("a.log", "f\n2\n");
            follower.readToTheEnd();

            assertThat(follower.lines()).containsExactly("1", "hal", "f", "2");
            assertThat(follower.notices())
                    .containsExactly("sources.web.path: " + log
                            + ": cut, or another file than was read to byte 5; read from its beginning");
        }
    }

    @Test
    void fileThatWasWrittenAnewWithTheSameLengthIsReadAgain() throws Exception {
        Path log = append("a.log", "1\n2\n");
        append("b.log", "b\n");
        try (Follower follower = follower("*.log")) {
            follower.readAll();
            for (Path file : List.of(log, directory.resolve("b.log"))) {
                Files.writeString(file, file.equals(log) ? "3\n4\n" : "c\n");
                Files.setLastModifiedTime(file, FileTime.fromMillis(1));
            }
            follower.readAll();

            assertThat(follower.lines()).containsExactlyInAnyOrder("1", "2", "b", "3", "4", "c");
        }
    }

    @Test
    void compressedFileIsPassedOverAndThatIsSaidOnce() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write('x');
        }
        append("a.log", "1\n");
        Path zipped = Files.write(directory.resolve("a.log.gz"), out.toByteArray());
        try (Follower follower = follower("a.log*")) {
            follower.readToTheEnd();

            assertThat(follower.lines()).containsExactly("1");
            assertThat(follower.notices())
                    .containsExactly(
                            "sources.web.path: " + zipped
                                    + ": compressed, so it is not followed (expected: a file that grows); to read it leave follow out");
        }
    }

    @Test
    void compressedFileThatAnEarlierRunHadBegunIsPassedOverToo() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write("1\n2\n3\n4\n5\n".repeat(100).getBytes(StandardCharsets.UTF_8));
        }
        Path zipped = Files.write(directory.resolve("a.gz"), out.toByteArray());
        FileSource earlier = new FileSource(List.of(zipped.toString()), LineSettings.of("sources.web"));
        var taker = new Line.Taker();
        earlier.open();
        while (taker.lines.isEmpty()) {
            earlier.fill(taker, 3);
            taker.endOfCall();
        }
        byte[] saved = FileSourceRestartTest.saved(earlier);
        earlier.close();
        long[] nowNs = {0};
        FileSource source = FileSource.following(
                List.of(zipped.toString()), LineSettings.of("sources.web"), () -> nowNs[0] += 10_000_000);
        List<String> notices = new ArrayList<>();
        source.noticesTo(notices::add);
        FileSourceRestartTest.loaded(source, saved);
        source.open();

        append("a.gz", "x");
        for (int i = 0; i < 1000; i++) {
            source.fill(taker, 3);
        }

        assertThat(taker.lines).hasSize(3);
        assertThat(notices).singleElement().asString().contains("compressed, so it is not followed");
        source.close();
    }

    @Test
    void fileThatIsNotThereYetIsWaitedForButNotItsDirectory() throws Exception {
        try (Follower follower = follower("a.log")) {
            assertThat(follower.notices())
                    .containsExactly("sources.web.path: " + directory.resolve("a.log")
                            + ": nothing there yet; read when there is");
            follower.readAll();
            append("a.log", "1\n");
            follower.readAll();

            assertThat(follower.lines()).containsExactly("1");
        }
        assertThat(catchThrowableOfType(InputException.class, () -> follower("none/a.log"))
                        .problems())
                .singleElement()
                .asString()
                .contains("no such file");
        assertThat(catchThrowableOfType(InputException.class, () -> follower("none/*.log"))
                        .problems())
                .singleElement()
                .asString()
                .contains("matches no file");
    }

    @Test
    void fileWithTwoNamesIsReadOnce() throws Exception {
        Path log = append("a.log", "1\n");
        Files.createLink(directory.resolve("b.log"), log);
        try (Follower follower = follower("*.log")) {
            follower.readAll();

            assertThat(follower.lines()).containsExactly("1");
        }
    }

    @Test
    void fileThatGrowsAllTheTimeDoesNotKeepOthersOut() throws Exception {
        append("a.log", "x".repeat(1000).concat("\n").repeat(1500));
        try (Follower follower = follower("*.log")) {
            follower.look();
            append("b.log", "b\n");
            for (int i = 0; i < 5000 && !follower.lines().contains("b"); i++) {
                append("a.log", "x".repeat(1000).concat("\n").repeat(8));
                follower.fill(7);
                follower.pass(1);
            }

            assertThat(follower.lines()).contains("b").hasSizeLessThan(8000);
        }
    }

    @Test
    void lineThatIsLongerThanATurnIsReadAlthoughOthersHaveMore() throws Exception {
        append("a.log", "x".repeat(3 << 20) + "\nend\n");
        try (Follower follower = follower("*.log")) {
            for (int i = 0; i < 20_000 && !follower.lines().contains("end"); i++) {
                if (i % 200 == 0) {
                    append("b.log", "b\n");
                    follower.pass(250);
                }
                follower.fill(100);
            }

            assertThat(follower.lines()).contains("end");
        }
    }

    @Test
    void moreFilesThanAreKeptOpenAreFollowed() throws Exception {
        for (int i = 0; i < 700; i++) {
            append(i + ".log", i + "\n");
        }
        try (Follower follower = follower("*.log")) {
            follower.readAll();
            assertThat(follower.lines()).hasSize(700);
            for (int i = 0; i < 700; i++) {
                append(i + ".log", "again\n");
            }
            follower.readAll();

            assertThat(follower.lines()).hasSize(1400);
        }
    }

    @Test
    void fileThatIsGoneForAMinuteIsForgotten() throws Exception {
        Path log = append("a.log", "1\n");
        append("b.log", "2\n");
        try (Follower follower = follower("*.log")) {
            follower.readAll();
            Files.delete(log);
            follower.readAll();
            follower.pass(61_000);
            follower.readAll();
            int size = FileSourceRestartTest.saved(follower.now()).length;
            append("c.log", "3\n");
            follower.readAll();

            assertThat(follower.lines()).containsExactly("1", "2", "3");
            assertThat(FileSourceRestartTest.saved(follower.now()).length).isEqualTo(size + (size - 16));
        }
    }

    @Test
    void pipelineThatFollowsEndsWhenItIsDrained() throws Exception {
        append("a.log", "1\n2\n3");
        StepRunner runner = new StepRunner(1);
        Path to = directory.resolve("out");
        Pipeline<LogEvent> pipeline = Pipeline.of("follow", LogEvent.TYPE)
                .source(
                        "web",
                        FileSource.following(
                                List.of(directory + "/a.log"), LineSettings.of("sources.web"), runner::nowNs))
                .sink("out", new FileSink("sinks.out", to, new LineText(new Keys()), false))
                .whenFailed(WhenFailed.stop())
                .runner(runner)
                .build()
                .start();
        runFor(runner, 1000);
        append("a.log", "3\n4\n");
        runFor(runner, 1000);

        Report report = pipeline.drain(Duration.ofSeconds(1));

        assertThat(report.succeeded()).isTrue();
        assertThat(Files.readAllLines(to)).containsExactly("1", "2", "33", "4");
    }
}
