package io.ringmain.logs.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Pipeline;
import io.ringmain.PipelineBuilder;
import io.ringmain.Report;
import io.ringmain.config.WhenFailed;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.file.GenerateSource.Amount;
import io.ringmain.logs.parse.CheckLine;
import io.ringmain.logs.parse.ParseResult;
import io.ringmain.testing.StepRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From file to file through the real rooms. */
@Timeout(60)
class FilePipelineTest {

    @TempDir
    private Path directory;

    private PipelineBuilder<LogEvent, LogEvent> copying(LineSource source, Path to) {
        return Pipeline.of("copy", LogEvent.TYPE)
                .source("file", source)
                .stage("check", new CheckLine())
                .sink("out", new FileSink("sinks.out", to, new LineText(new Keys()), false))
                .whenFailed(WhenFailed.skip());
    }

    private static Report run(PipelineBuilder<LogEvent, LogEvent> builder) {
        try (Pipeline<LogEvent> pipeline = builder.build().start()) {
            return pipeline.await();
        }
    }

    /** One slab is enough to go on, also where another source takes most of the ring. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void sourcesOfOneSlabEachAllComeToTheirEnd(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        LineSettings oneSlab =
                LineSettings.of("sources.file").withLineBytesMax(64).withPool(80);
        PipelineBuilder<LogEvent, LogEvent> builder = Pipeline.of("many", LogEvent.TYPE)
                .whenFailed(WhenFailed.skip())
                .bound(64)
                .runner(new StepRunner(seed));
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            byte[] bytes = RandomLines.of(random, random.nextInt(i == 0 ? 3000 : 100), 30);
            Path from = Files.write(directory.resolve(i + ".log"), bytes);
            builder.source("file" + i, new FileSource(List.of(from.toString()), oneSlab));
            expected.add(Line.naive(bytes, 0, 64).size());
        }

        Report report = run(builder.sink("out", batch -> {}));

        assertThat(report.succeeded()).as("seed %d", seed).isTrue();
        assertThat(report.sources())
                .extracting(source -> (int) source.received())
                .as("seed %d", seed)
                .isEqualTo(expected);
    }

    /** With a ring larger than two slabs hold, the source is held by its slabs; with a smaller one by the ring. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 16, 1024})
    void copyOfAFileIsTheFileHoweverSmallRingAndSlabsAre(int bound) throws IOException {
        for (long seed = 1; seed <= 5; seed++) {
            byte[] bytes = RandomLines.of(new SplittableRandom(seed), 2000, 30);
            Path from = Files.write(directory.resolve("from"), bytes);
            Path to = directory.resolve("to");
            FileSource source = new FileSource(
                    List.of(from.toString()),
                    LineSettings.of("sources.file").withLineBytesMax(64).withPool(160));

            Report report = run(copying(source, to).bound(bound).runner(new StepRunner(seed)));

            List<Line> expected = Line.naive(bytes, 0, 64);
            assertThat(report.succeeded()).as("seed %d", seed).isTrue();
            assertThat(report.accounts().received()).isEqualTo(expected.size());
            assertThat(report.accounts().balanced()).isTrue();
            assertThat(Line.naive(Files.readAllBytes(to), 0, 1000))
                    .extracting(Line::text)
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(naiveOfCopy(expected));
        }
    }

    /** A line that ends with a return of its own gets a line end behind it, and is then read as one with both. */
    private static List<String> naiveOfCopy(List<Line> lines) {
        return lines.stream()
                .map(line -> line.text().endsWith("\r")
                        ? line.text().substring(0, line.text().length() - 1)
                        : line.text())
                .toList();
    }

    @Test
    void copyOverThreadsIsTheFile() throws IOException {
        Path from = directory.resolve("from");
        Path to = directory.resolve("to");
        LineSettings settings =
                LineSettings.of("sources.file").withLineBytesMax(1000).withPool(16 << 10);
        run(copying(new GenerateSource(new Amount(1, 100_000, GenerateSource.UNLIMITED), () -> 0, settings), from));

        Report report = run(
                copying(new FileSource(List.of(from.toString()), settings), to).bound(4096));

        assertThat(report.accounts().delivered()).isEqualTo(100_000);
        assertThat(Files.mismatch(from, to)).isEqualTo(-1);
    }

    @Test
    void lineOverTheLimitIsDroppedWithItsReasonAndTheOthersAreNot() throws IOException {
        Path from = Files.writeString(directory.resolve("from"), "a\n" + "x".repeat(5000) + "\nb\n");
        Path to = directory.resolve("to");
        FileSource source = new FileSource(
                List.of(from.toString()),
                LineSettings.of("sources.file").withLineBytesMax(100).withPool(1000));

        Report report = run(copying(source, to));

        assertThat(Files.readString(to)).isEqualTo("a\nb\n");
        assertThat(report.accounts().received()).isEqualTo(3);
        assertThat(report.accounts().delivered()).isEqualTo(2);
        assertThat(report.accounts().droppedInAll()).isEqualTo(1);
        assertThat(report.failures().get(0).message()).contains(ParseResult.LINE_TOO_LONG.explanation());
    }

    @Test
    void damagedFileFailsThePipelineAfterEverythingBeforeItWasDelivered() throws IOException {
        Path good = Files.writeString(directory.resolve("good"), "a\nb\nc");
        Path bad = Files.write(directory.resolve("bad"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0});
        Path to = directory.resolve("to");

        Report report = run(
                copying(new FileSource(List.of(good.toString(), bad.toString()), LineSettings.of("sources.file")), to));

        assertThat(report.succeeded()).isFalse();
        assertThat(report.accounts().balanced()).isTrue();
        assertThat(Files.readString(to, StandardCharsets.UTF_8)).isEqualTo("a\nb\nc\n");
        assertThat(report.failures().get(0).message())
                .isEqualTo(
                        "sources.file.path: " + bad
                                + ": ends in the middle of its compressed data, at byte 5 (expected: a whole gzip file); get it again");
    }
}
