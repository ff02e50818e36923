package io.ringmain.logs.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.sun.management.ThreadMXBean;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import io.ringmain.logs.file.GenerateSource.Amount;
import io.ringmain.spi.Batch;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Source.Status;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is allocated per event, whatever is read and written. */
@Timeout(60)
class FileAllocationTest {

    private static final int EVENTS = 10_000;
    private static final LineSettings SETTINGS = LineSettings.of("sources.web")
            .withSource(Text.of("web"))
            .withLineBytesMax(8192)
            .withPool(1 << 20);

    @TempDir
    private Path directory;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Ring ring = new Ring();

    /** Some events that are used in turn; the engine is done with each before its turn comes again. */
    private static final class Ring implements Intake<LogEvent>, Batch<LogEvent> {

        private static final int SIZE = 256;

        private final LogEvent[] events = new LogEvent[SIZE];
        private long claimed = -1;

        Ring() {
            for (int i = 0; i < SIZE; i++) {
                events[i] = new LogEvent();
            }
        }

        @Override
        public LogEvent claim(long position) {
            LogEvent event = events[(int) (++claimed % SIZE)];
            event.clear();
            return event;
        }

        @Override
        public long claimed() {
            return claimed;
        }

        @Override
        public long released() {
            return claimed - SIZE;
        }

        @Override
        public int size() {
            return SIZE;
        }

        @Override
        public LogEvent event(int index) {
            return events[index];
        }

        @Override
        public long position(int index) {
            return index;
        }

        @Override
        public String source(int index) {
            return "test";
        }

        @Override
        public void failed(int index, Exception why) {
            throw new AssertionError("event " + index + " failed", why);
        }
    }

    private interface Work {
        void events(int count) throws Exception;
    }

    /** The least of five: what the JDK allocates once, whenever it likes, is not per event. */
    private double bytesPerEvent(Work work) throws Exception {
        work.events(EVENTS);
        double least = Double.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            // N and 2 N events: whatever the measuring itself allocates cancels out.
            long start = threads.getCurrentThreadAllocatedBytes();
            work.events(EVENTS);
            long once = threads.getCurrentThreadAllocatedBytes();
            work.events(2 * EVENTS);
            long twice = threads.getCurrentThreadAllocatedBytes();
            least = Math.min(least, Math.abs(twice - once - (once - start)) / (double) EVENTS);
        }
        return least;
    }

    private void take(LineSource source, int count) throws Exception {
        long until = ring.claimed + count;
        while (ring.claimed < until) {
            // Not by AssertJ, which allocates.
            if (source.fill(ring, (int) Math.min(Ring.SIZE, until - ring.claimed)) == Status.END) {
                throw new AssertionError("The lines have ended too early.");
            }
        }
    }

    private static byte[] lines() {
        Bytes bytes = new Bytes();
        AccessLog log = new AccessLog(1);
        for (int i = 0; i < 17 * EVENTS; i++) {
            log.line(bytes);
        }
        return bytes.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private double ofFile(byte[] bytes) throws Exception {
        FileSource source = new FileSource(
                List.of(Files.write(directory.resolve("x.log"), bytes).toString()), SETTINGS);
        source.open();
        double perEvent = bytesPerEvent(count -> take(source, count));
        source.close();
        return perEvent;
    }

    @Test
    void readingPlainAndCompressedFilesAllocatesNothing() throws Exception {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(lines());
        }

        assertThat(ofFile(lines())).isLessThan(0.01);
        assertThat(ofFile(zipped.toByteArray())).isLessThan(0.01);
        // On a JDK after 17 zstd-jni costs some 70 bytes for each block that it reads, though nothing per event.
        double perBlock = Runtime.version().feature() > 17 ? 0.5 : 0.01;
        assertThat(ofFile(Zstd.compress(lines()))).isLessThan(perBlock);
    }

    @Test
    void followingAllocatesNothingPerEventAlsoAtTheEndOfTheFile() throws Exception {
        Path path = Files.write(directory.resolve("x.log"), lines());
        FileSource source = FileSource.following(List.of(path.toString()), SETTINGS, () -> 0);
        source.open();
        assertThat(bytesPerEvent(count -> take(source, count))).isLessThan(0.01);
        while (source.fill(ring, Ring.SIZE) != Status.IDLE) {
            // To the end.
        }
        byte[] line = "one line\n".getBytes(StandardCharsets.UTF_8);
        try (FileOutputStream writer = new FileOutputStream(path.toFile(), true)) {
            double perEvent = bytesPerEvent(count -> {
                for (int i = 0; i < count / 10; i++) {
                    writer.write(line);
                    take(source, 1);
                    source.fill(ring, 1);
                }
            });
            assertThat(perEvent).isLessThan(0.01);
        }
        source.close();
    }

    @Test
    void cuttingLinesOverTheLimitAllocatesNothing() throws Exception {
        byte[] bytes = ("short\n" + "x".repeat(40) + "\n").repeat(9 * EVENTS).getBytes(StandardCharsets.UTF_8);
        FileSource source = new FileSource(
                List.of(Files.write(directory.resolve("x.log"), bytes).toString()),
                SETTINGS.withLineBytesMax(10).withPool(128 << 10));
        source.open();

        assertThat(bytesPerEvent(count -> take(source, count))).isLessThan(0.01);
        assertThat(ring.events).anyMatch(event -> event.bytesCut() > 0);
        source.close();
    }

    @Test
    void generatingAllocatesNothing() throws Exception {
        GenerateSource source = new GenerateSource(
                new Amount(1, GenerateSource.UNLIMITED, GenerateSource.UNLIMITED), () -> 0, SETTINGS);
        source.open();

        assertThat(bytesPerEvent(count -> take(source, count))).isLessThan(0.01);
    }

    @Test
    void writingAllocatesNothing() throws Exception {
        Keys keys = new Keys();
        take(new GenerateSource(new Amount(1, 1000, GenerateSource.UNLIMITED), () -> 0, SETTINGS), 2 * Ring.SIZE);
        for (LogEvent event : ring.events) {
            event.fields().putLong(keys.id("status"), 200);
            event.fields().putText(keys.id("path"), Text.of("/a b"));
        }
        FileSink file = new FileSink("sinks.out", directory.resolve("out"), new LineText(keys), false);
        file.open();

        assertThat(bytesPerEvent(count -> write(file, count))).isLessThan(0.01);
        try (FileOutputStream none = new FileOutputStream("/dev/null")) {
            ConsoleSink console = new ConsoleSink("sinks.screen", new StandardOutput(none, false), new LineText(keys));
            assertThat(bytesPerEvent(count -> write(console, count))).isLessThan(0.01);
        }
        StandardOutput nobody = new StandardOutput(OutputStream.nullOutputStream(), false);
        ConsoleSink stream = new ConsoleSink("sinks.screen", nobody, new LineText(keys));
        assertThat(bytesPerEvent(count -> write(stream, count))).isLessThan(0.01);
        // The same events as results, without their lines.
        for (LogEvent event : ring.events) {
            event.clear();
            event.fields().putLong(keys.id("status"), 200);
            event.fields().putText(keys.id("path"), Text.of("/a b"));
        }
        assertThat(bytesPerEvent(count -> write(file, count))).isLessThan(0.01);
        DiscardSink<LogEvent> nowhere = new DiscardSink<>();
        assertThat(bytesPerEvent(count -> write(nowhere, count))).isLessThan(0.01);
        assertThat(nowhere.count()).isGreaterThan(4 * EVENTS);
        file.close();
    }

    private void write(Sink<LogEvent> sink, int count) throws Exception {
        for (int i = 0; i < count; i += Ring.SIZE) {
            sink.write(ring);
        }
    }
}
