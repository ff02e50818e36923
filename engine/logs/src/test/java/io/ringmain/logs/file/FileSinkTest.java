package io.ringmain.logs.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ringmain.Pipeline;
import io.ringmain.Report;
import io.ringmain.config.WhenFailed;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.file.GenerateSource.Amount;
import io.ringmain.spi.FailureKind;
import io.ringmain.testing.SinkContract;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FileSinkTest {

    @TempDir
    private Path directory;

    private int runs;

    private FileSink sink(Path path, boolean append) {
        return new FileSink("sinks.out", path, new LineText(new Keys()), append);
    }

    private static List<String> lines(Path path) {
        try {
            return Files.exists(path) ? Files.readAllLines(path) : List.of();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void keepsTheContractOfSinks() {
        Path[] path = new Path[1];
        SinkContract.of(
                        () -> {
                            path[0] = directory.resolve("out-" + runs++);
                            return sink(path[0], false);
                        },
                        LogEvent.TYPE,
                        (event, number) -> event.setLine("line " + number))
                .reading(sink -> lines(path[0]), number -> "line " + number)
                .check();
    }

    @Test
    void fileIsEmptiedOrAppendedTo() throws IOException {
        Path path = Files.writeString(directory.resolve("out"), "old\n");

        write(sink(path, true), "new");
        assertThat(Files.readString(path)).isEqualTo("old\nnew\n");

        write(sink(path, false), "newer");
        assertThat(Files.readString(path)).isEqualTo("newer\n");
    }

    private static void write(FileSink sink, String line) throws IOException {
        sink.open();
        sink.write(OneBatch.of(line));
        sink.flush();
        sink.close();
    }

    @Test
    void lineThatACrashHasCutDoesNotSwallowTheNextOne() throws IOException {
        Path path = Files.writeString(directory.resolve("out"), "whole\nhal");

        write(sink(path, true), "new");

        assertThat(lines(path)).containsExactly("whole", "hal", "new");
    }

    @Test
    void batchIsInTheFileWhenWriteReturns() throws IOException {
        Path path = directory.resolve("out");
        FileSink sink = sink(directory.resolve("out"), false);
        sink.open();

        sink.write(OneBatch.of("a", "b"));

        assertThat(lines(path)).containsExactly("a", "b");
        sink.close();
    }

    @Test
    void batchLargerThanTheBufferIsWhole() throws IOException {
        Path path = directory.resolve("out");
        FileSink sink = sink(directory.resolve("out"), false);
        sink.open();

        sink.write(OneBatch.of("x".repeat(500_000), "y".repeat(200_001), "z"));
        sink.close();

        assertThat(lines(path)).containsExactly("x".repeat(500_000), "y".repeat(200_001), "z");
    }

    @Test
    void batchThatFailedHalfWrittenIsTakenBackBeforeItIsTriedAgain() throws IOException {
        Path path = directory.resolve("out");
        boolean[] fails = new boolean[1];
        LineText text = new LineText(new Keys());
        FileSink sink = new FileSink(
                "sinks.out",
                path,
                (event, to) -> {
                    if (fails[0] && event.line().equals("d")) {
                        throw new UncheckedIOException(new IOException("in the middle"));
                    }
                    text.encode(event, to);
                },
                false);
        sink.open();
        sink.write(OneBatch.of("a", "b"));
        // What stands before the failure is larger than the buffer, so a part of it is in the file.
        OneBatch batch = OneBatch.of("c".repeat(100_000), "d");
        fails[0] = true;
        assertThatThrownBy(() -> sink.write(batch)).hasMessageContaining("in the middle");
        assertThat(Files.size(path)).isGreaterThan(100_000);

        fails[0] = false;
        sink.write(batch);
        sink.write(OneBatch.of("e"));

        assertThat(lines(path)).containsExactly("a", "b", "c".repeat(100_000), "d", "e");
        sink.close();
    }

    @Test
    void batchThatFailedAndIsNotTriedAgainLeavesNothing() throws IOException {
        Path path = directory.resolve("out");
        boolean[] fails = {true};
        LineText text = new LineText(new Keys());
        FileSink sink = new FileSink(
                "sinks.out",
                path,
                (event, to) -> {
                    text.encode(event, to);
                    if (to.length() < 10 && fails[0]) {
                        throw new UncheckedIOException(new IOException("in the middle"));
                    }
                },
                false);
        sink.open();
        assertThatThrownBy(() -> sink.write(OneBatch.of("x".repeat(100_000), "y")))
                .hasMessageContaining("in the middle");

        sink.flush();

        assertThat(path).isEmptyFile();
        sink.close();
    }

    @Test
    void aFullDeviceIsAnErrorThatNamesTheFile() throws IOException {
        FileSink sink = sink(Path.of("/dev/full"), false);
        sink.open();

        assertThatIOException()
                .isThrownBy(() -> sink.write(OneBatch.of("a")))
                .withMessage(
                        "sinks.out.path: /dev/full: cannot be written: No space left on device (expected: room for it)");

        sink.flush();
        sink.close();
    }

    @Test
    void aFileWithoutRoomWaitsForIt() throws IOException {
        FileSink sink = sink(directory.resolve("out"), false);
        sink.open();

        assertThat(sink.kindOf(new IOException("out: cannot be written: No space left on device")))
                .isEqualTo(FailureKind.NO_ROOM);
        assertThat(sink.kindOf(new IOException("out: cannot be written: Input/output error")))
                .isEqualTo(FailureKind.TRANSIENT);
        sink.close();
    }

    @Test
    void aDeviceWithoutRoomHasFailed() throws IOException {
        FileSink sink = sink(Path.of("/dev/full"), false);
        sink.open();

        assertThat(sink.kindOf(new IOException("No space left on device"))).isEqualTo(FailureKind.TRANSIENT);
        sink.close();
    }

    @Test
    void nothingMayFollowWhatCouldNotBeMadeDurable() throws IOException {
        FileSink sink = sink(directory.resolve("out"), false);
        sink.open();
        sink.write(OneBatch.of("a"));
        sink.close();

        IOException failure = catchThrowableOfType(IOException.class, sink::flush);

        assertThat(failure).hasMessageContaining("cannot be made durable");
        assertThat(sink.kindOf(failure)).isEqualTo(FailureKind.FATAL);
    }

    @Test
    void aFullDeviceGoesToThePolicyOfThePipeline() {
        Report report = intoFullDisk(WhenFailed.skip());

        assertThat(report.accounts().received()).isEqualTo(1000);
        assertThat(report.accounts().droppedInAll()).isEqualTo(1000);
        assertThat(report.accounts().balanced()).isTrue();
        assertThat(report.failures().get(0).message())
                .contains("/dev/full: cannot be written: No space left on device");

        assertThat(intoFullDisk(WhenFailed.stop()).succeeded()).isFalse();
    }

    private Report intoFullDisk(WhenFailed whenFailed) {
        try (Pipeline<LogEvent> pipeline = Pipeline.of("full", LogEvent.TYPE)
                .source(
                        "made",
                        new GenerateSource(
                                new Amount(1, 1000, GenerateSource.UNLIMITED),
                                () -> 0,
                                LineSettings.of("sources.made")))
                .sink("out", sink(Path.of("/dev/full"), false))
                .whenFailed(whenFailed)
                .build()
                .start()) {
            return pipeline.await();
        }
    }

    @Test
    void placesThatCannotBeAreRefusedWhenTheSinkOpens() {
        Path missing = directory.resolve("none/out");

        assertThatIOException()
                .isThrownBy(() -> sink(missing, false).open())
                .withMessage("sinks.out.path: " + missing + ": no directory " + missing.getParent()
                        + " (expected: a file in a directory that exists; make it)");
        assertThatIOException()
                .isThrownBy(() -> sink(directory, false).open())
                .withMessage("sinks.out.path: " + directory + ": a directory (expected: a file; name one in it)");
    }

    private static byte[] saved(FileSink sink) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        sink.save(new DataOutputStream(out));
        return out.toByteArray();
    }

    private FileSink loaded(Path path, boolean append, byte[] saved) throws IOException {
        FileSink sink = sink(path, append);
        sink.load(new DataInputStream(new ByteArrayInputStream(saved)));
        return sink;
    }

    /** Writes {@code lines} and what a crash would leave behind the mark; returns the mark. */
    private byte[] writeAndCrash(Path path, boolean append, String... lines) throws IOException {
        FileSink sink = sink(path, append);
        sink.open();
        sink.write(OneBatch.of(lines));
        sink.flush();
        byte[] saved = saved(sink);
        sink.write(OneBatch.of("behind the mark"));
        sink.close();
        Files.writeString(path, "half a li", StandardOpenOption.APPEND);
        return saved;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sinkThatGoesOnCutsBackWhatCameBehindTheMark(boolean append) throws IOException {
        Path path = Files.writeString(directory.resolve("out"), append ? "old" : "");
        byte[] saved = writeAndCrash(path, append, "a", "b".repeat(3000));

        FileSink sink = loaded(path, append, saved);
        write(sink, "c");

        List<String> expected = new ArrayList<>(List.of("a", "b".repeat(3000), "c"));
        if (append) {
            expected.add(0, "old");
        }
        assertThat(lines(path)).isEqualTo(expected);
    }

    @Test
    void markOfAnEmptyFileIsItsBeginning() throws IOException {
        Path path = directory.resolve("out");
        byte[] saved = writeAndCrash(path, false);

        write(loaded(path, false, saved), "a");

        assertThat(lines(path)).containsExactly("a");
    }

    @Test
    void fileThatHadNothingMayBeGone() throws IOException {
        Path path = directory.resolve("out");
        byte[] saved = writeAndCrash(path, false);
        Files.delete(path);

        write(loaded(path, false, saved), "a");

        assertThat(lines(path)).containsExactly("a");
    }

    @Test
    void batchThatFailedHalfWrittenIsNotInTheMark() throws IOException {
        Path path = directory.resolve("out");
        boolean[] fails = {false};
        LineText text = new LineText(new Keys());
        FileSink sink = new FileSink(
                "sinks.out",
                path,
                (event, to) -> {
                    text.encode(event, to);
                    if (fails[0] && event.line().equals("y")) {
                        throw new UncheckedIOException(new IOException("in the middle"));
                    }
                },
                false);
        sink.open();
        sink.write(OneBatch.of("a"));
        fails[0] = true;
        assertThatThrownBy(() -> sink.write(OneBatch.of("x".repeat(100_000), "y")))
                .hasMessageContaining("in the middle");
        sink.flush();
        byte[] saved = saved(sink);
        sink.close();

        write(loaded(path, false, saved), "b");

        assertThat(lines(path)).containsExactly("a", "b");
    }

    @Test
    void fileThatIsNotTheOneThatWasWrittenIsLeftAsItIs() throws IOException {
        Path path = directory.resolve("out");
        byte[] saved = writeAndCrash(path, false, "a", "b");

        Files.writeString(path, "a\n");
        assertThatIOException()
                .isThrownBy(() -> loaded(path, false, saved).open())
                .withMessage(
                        "sinks.out.path: " + path
                                + ": 2 bytes (expected: what was written before, 4 bytes; put it back, or start without the saved state)");
        Files.writeString(path, "a\nc\nd\n");
        assertThatIOException()
                .isThrownBy(() -> loaded(path, true, saved).open())
                .withMessageContaining(path + ": another content (expected: what was written before, 4 bytes;");
        assertThat(path).hasContent("a\nc\nd\n");
        Files.delete(path);
        assertThatIOException()
                .isThrownBy(() -> loaded(path, false, saved).open())
                .withMessageContaining(path + ": no such file (expected: what was written before, 4 bytes;");
        assertThat(path).doesNotExist();
    }

    @Test
    void deviceHasNoMark() throws IOException {
        FileSink sink = sink(Path.of("/dev/null"), false);
        sink.open();
        sink.write(OneBatch.of("a"));
        sink.flush();
        byte[] saved = saved(sink);
        sink.close();
        Path path = Files.writeString(directory.resolve("out"), "old\n");

        write(loaded(Path.of("/dev/null"), false, saved), "b");
        write(loaded(path, true, saved), "c");

        assertThat(lines(path)).containsExactly("old", "c");
        assertThatIOException()
                .isThrownBy(() -> loaded(path, true, new byte[] {0, 0, 0, 9}))
                .withMessage("sinks.out: saved mark of format 9 (expected: 1); it was saved by another version");
    }

    @Test
    void writeAfterAnAbortFailsAndCloseDoesNot() throws IOException {
        FileSink sink = sink(directory.resolve("out"), false);
        sink.open();

        sink.abort();

        assertThatIOException().isThrownBy(() -> sink.write(OneBatch.of("a"))).withMessageContaining("sinks.out.path");
        sink.close();
    }
}
