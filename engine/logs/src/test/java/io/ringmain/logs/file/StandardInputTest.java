package io.ringmain.logs.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.ringmain.Pipeline;
import io.ringmain.Report;
import io.ringmain.config.WhenFailed;
import io.ringmain.logs.LogEvent;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Source;
import io.ringmain.testing.CollectingSink;
import io.ringmain.testing.SourceContract;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StandardInputTest {

    private static final LineSettings TINY =
            LineSettings.of("sources.in").withLineBytesMax(20).withPool(1024);

    private final CountDownLatch never = new CountDownLatch(1);

    /** A stream that gives a few bytes at a time. */
    private static InputStream trickle(byte[] bytes) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] to, int offset, int length) {
                return super.read(to, offset, Math.min(length, 1 + available() % 7));
            }
        };
    }

    private static List<Line> read(InputStream in, LineSettings settings) throws Exception {
        return Line.all(new StandardInput(in, settings));
    }

    @Test
    void givesWhatANaiveReaderGivesHoweverTheBytesCome() throws Exception {
        for (long seed = 1; seed <= 10; seed++) {
            byte[] bytes = RandomLines.of(new SplittableRandom(seed), 300, 30);

            assertThat(read(trickle(bytes), TINY)).as("seed %d", seed).isEqualTo(Line.naive(bytes, 0, 20));
        }
    }

    @Test
    void keepsTheContractOfSources() {
        byte[] bytes = RandomLines.of(new SplittableRandom(5), 1000, 30);

        SourceContract.of(
                        () -> new Patient(new StandardInput(new ByteArrayInputStream(bytes), TINY)),
                        LogEvent.TYPE,
                        event -> Line.of(0, event))
                .check();
    }

    /** Asks again while there is nothing: the contract does not know that another thread reads. */
    private record Patient(StandardInput source) implements Source<LogEvent> {

        @Override
        public void open() {
            source.open();
        }

        @Override
        public Status fill(Intake<LogEvent> intake, int max) throws Exception {
            Status status = source.fill(intake, max);
            while (status == Status.IDLE) {
                Thread.onSpinWait();
                status = source.fill(intake, max);
            }
            return status;
        }

        @Override
        public void close() {
            source.close();
        }
    }

    @Test
    void lineIsGivenAsSoonAsItsEndIsThere() throws Exception {
        try (PipedOutputStream out = new PipedOutputStream()) {
            StandardInput source = new StandardInput(new PipedInputStream(out), LineSettings.of("sources.in"));
            source.open();
            var taker = new Line.Taker();
            assertThat(source.fill(taker, 7)).isEqualTo(Source.Status.READY);
            assertThat(source.fill(taker, 7)).isEqualTo(Source.Status.IDLE);

            out.write("one\ntw".getBytes(StandardCharsets.UTF_8));
            out.flush();
            while (taker.lines.isEmpty()) {
                source.fill(taker, 7);
                taker.endOfCall();
            }

            assertThat(taker.lines).containsExactly(new Line(0, "one", 0));
            assertThat(source.fill(taker, 7)).isEqualTo(Source.Status.IDLE);
            source.close();
        }
    }

    @Test
    void linesBeforeAFailureAreGivenAndThenItIsThrown() throws Exception {
        InputStream in = new ByteArrayInputStream("one\ntwo\nthr".getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] to, int offset, int length) {
                int count = super.read(to, offset, length);
                if (count < 0) {
                    throw new IllegalStateException("the cable");
                }
                return count;
            }
        };
        StandardInput source = new StandardInput(in, LineSettings.of("sources.in"));
        source.open();
        var taker = new Line.Taker();

        assertThatIOException()
                .isThrownBy(() -> {
                    while (source.fill(taker, 7) != Source.Status.END) {
                        taker.endOfCall();
                    }
                })
                .withMessage("sources.in: standard input cannot be read at byte 11: the cable"
                        + "; of the line that stands there 3 bytes were read, they are not delivered");

        assertThat(taker.lines).extracting(Line::text).containsExactly("one", "two");
        source.close();
    }

    @Test
    void pipelineOverAStreamThatNeverGivesAnythingDrains() {
        InputStream silent = new ByteArrayInputStream(new byte[0]) {
            @Override
            public synchronized int read(byte[] to, int offset, int length) {
                try {
                    never.await();
                } catch (InterruptedException nobody) {
                    throw new IllegalStateException(nobody);
                }
                return -1;
            }
        };
        CollectingSink<LogEvent, String> sink = new CollectingSink<>(LogEvent::line);

        Report report;
        try (Pipeline<LogEvent> pipeline = Pipeline.of("silent", LogEvent.TYPE)
                .source("in", new StandardInput(silent, LineSettings.of("sources.in")))
                .sink("lines", sink)
                .whenFailed(WhenFailed.stop())
                .build()
                .start()) {
            report = pipeline.drain(Duration.ofSeconds(20));
        }
        never.countDown();

        assertThat(report.succeeded()).isTrue();
        assertThat(sink.values()).isEmpty();
    }

    @Test
    void saysWhereALineStoodAndHowMuchWasRead() throws Exception {
        StandardInput source = new StandardInput(
                new ByteArrayInputStream("one\ntwo\n".getBytes(StandardCharsets.UTF_8)), LineSettings.of("sources.in"));

        Line.all(source);

        assertThat(source.where(4)).isEqualTo("standard input, byte 4");
        assertThat(source.bytesRead()).isEqualTo(8);
        assertThat(source.bytesTotal()).isEqualTo(-1);
    }
}
