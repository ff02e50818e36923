package io.ringmain.logs.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ringmain.Pipeline;
import io.ringmain.Report;
import io.ringmain.config.Batching;
import io.ringmain.config.Delivery;
import io.ringmain.config.WhenFailed;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.spi.Batch;
import io.ringmain.spi.FailureKind;
import io.ringmain.spi.Sink;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file on a disk that is full again and again has, in the end, what it would have on another, and never a torn line. */
@Timeout(60)
class FullDiskTest {

    private static final int EVENTS = 1000;

    @TempDir
    private Path directory;

    private final List<ScarceDisk> disks = new ArrayList<>();

    private ScarceDisk disk() {
        return disks.get(0);
    }

    /** A sink of {@code path} whose disk has room for {@code roomBytes}. */
    private FileSink sink(Path path, long roomBytes) {
        FileSink sink = new FileSink("sinks.out", path, new LineText(new Keys()), false);
        sink.openBy((file, options) -> {
            disks.add(new ScarceDisk(FileChannel.open(file, options), roomBytes));
            return disk();
        });
        return sink;
    }

    @Test
    void halfABatchIsTakenBackUntilThereIsRoomForAllOfIt() throws IOException {
        Path path = directory.resolve("out");
        FileSink sink = sink(path, 9);
        sink.open();
        sink.write(OneBatch.of("one", "two"));

        for (int room = 8; room < 14; room++) {
            disk().makeRoom(room);
            IOException failure = catchThrowableOfType(IOException.class, () -> sink.write(OneBatch.of("three")));

            assertThat(failure).hasMessageContaining("cannot be written: No space left on device");
            assertThat(sink.kindOf(failure)).isEqualTo(FailureKind.NO_ROOM);
            assertThat(path).hasContent("one\ntwo\n");
        }
        disk().makeRoom(14);
        sink.write(OneBatch.of("three"));
        sink.flush();
        sink.close();

        assertThat(Files.readString(path)).isEqualTo("one\ntwo\nthree\n");
        assertThat(disk().halves()).isEqualTo(5);
    }

    @Test
    void aBatchLargerThanABlockIsTakenBackWholeToo() throws IOException {
        Path path = directory.resolve("out");
        FileSink sink = sink(path, 150_000);
        String large = "x".repeat(100_000);
        sink.open();
        sink.write(OneBatch.of("a"));

        for (int attempt = 0; attempt < 3; attempt++) {
            assertThatIOException().isThrownBy(() -> sink.write(OneBatch.of(large, large)));
            assertThat(path).hasContent("a\n");
        }
        disk().makeRoom(Long.MAX_VALUE);
        sink.write(OneBatch.of(large, large));
        sink.close();

        assertThat(disk().refused()).isEqualTo(3);
        assertThat(Files.readString(path)).isEqualTo("a\n" + large + '\n' + large + '\n');
    }

    /** Sees a sink's file after each attempt that failed, and makes more room some time later. */
    private final class Watched implements Sink<LogEvent> {

        private final FileSink sink;
        private final Path path;
        private final Random random;
        private long roomBytes;
        private long wholeBytes;

        private Watched(Path path, Random random) {
            this.path = path;
            this.random = random;
            roomBytes = 1 + random.nextLong(100);
            sink = sink(path, roomBytes);
        }

        @Override
        public void open() throws IOException {
            sink.open();
        }

        @Override
        public void write(Batch<LogEvent> batch) throws IOException {
            try {
                sink.write(batch);
                wholeBytes = Files.size(path);
            } catch (IOException full) {
                assertThat(Files.size(path)).as("what a failed batch has left").isEqualTo(wholeBytes);
                if (random.nextInt(4) == 0) {
                    roomBytes += 1 + random.nextLong(3000);
                    disk().makeRoom(roomBytes);
                }
                throw full;
            }
        }

        @Override
        public void flush() throws IOException {
            sink.flush();
        }

        @Override
        public void close() throws IOException {
            sink.close();
        }

        @Override
        public FailureKind kindOf(Exception failure) {
            return sink.kindOf(failure);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 256})
    void aFileThatWaitedForRoomIsTheSameByteForByte(int batchMax) throws IOException {
        long seed = new Random().nextLong();
        System.getLogger("test").log(System.Logger.Level.INFO, "seed=" + seed);
        Path path = directory.resolve("out");
        StepRunner runner = new StepRunner(seed);
        Report report;
        try (Pipeline<LogEvent> pipeline = Pipeline.of("scarce", LogEvent.TYPE)
                .source(
                        "made",
                        new ScriptedSource<LogEvent>((event, number) -> event.setLine(line(number))).give(EVENTS))
                .sink(
                        "out",
                        new Watched(path, new Random(seed)),
                        Delivery.of(Batching.of(batchMax, Duration.ofMillis(1))))
                .whenFailed(WhenFailed.skip())
                .runner(runner)
                .build()
                .start()) {
            report = pipeline.await();
        }

        String expected = LongStream.range(0, EVENTS)
                .mapToObj(number -> line(number) + '\n')
                .collect(Collectors.joining());
        assertThat(Files.readString(path)).as("seed=%d", seed).isEqualTo(expected);
        assertThat(report.succeeded()).isTrue();
        assertThat(report.accounts().delivered()).isEqualTo(EVENTS);
        assertThat(report.accounts().droppedInAll()).isZero();
        // Each time there is room for 3000 bytes more at most.
        assertThat(disk().refused()).as("seed=%d", seed).isGreaterThanOrEqualTo(expected.length() / 3000 - 1);
        assertThat(disk().halves()).as("seed=%d", seed).isPositive();
    }

    private static String line(long number) {
        return "line " + number + " with " + "x".repeat((int) (number % 17));
    }
}
