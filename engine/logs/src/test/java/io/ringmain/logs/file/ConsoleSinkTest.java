package io.ringmain.logs.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.testing.SinkContract;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ConsoleSinkTest {

    @TempDir
    private Path directory;

    private static ConsoleSink sink(OutputStream out) {
        return sink(new StandardOutput(out, true));
    }

    private static ConsoleSink sink(StandardOutput out) {
        return new ConsoleSink("sinks.screen", out, new LineText(new Keys()));
    }

    @Test
    void keepsTheContractOfSinks() {
        ByteArrayOutputStream[] out = new ByteArrayOutputStream[1];
        SinkContract.of(
                        () -> {
                            out[0] = new ByteArrayOutputStream();
                            return sink(out[0]);
                        },
                        LogEvent.TYPE,
                        (event, number) -> event.setLine("line " + number))
                .reading(sink -> out[0].toString(StandardCharsets.UTF_8).lines().toList(), number -> "line " + number)
                .check();
    }

    @Test
    void batchIsSeenWhenWriteReturns() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        sink(new BufferedOutputStream(out)).write(OneBatch.of("a", "b".repeat(100_000), "c"));

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a\n" + "b".repeat(100_000) + "\nc\n");
    }

    @Test
    void streamStaysOpenWhenTheSinkCloses() throws Exception {
        Path path = directory.resolve("out");
        try (FileOutputStream out = new FileOutputStream(path.toFile())) {
            ConsoleSink sink = sink(out);
            sink.open();
            sink.write(OneBatch.of("a"));
            sink.flush();
            sink.close();
            out.write('b');
        }
        assertThat(Files.readString(path)).isEqualTo("a\nb");
    }

    @Test
    void fullDiskIsAnErrorThatSaysSo() throws IOException {
        try (FileOutputStream full = new FileOutputStream("/dev/full")) {
            assertThatIOException()
                    .isThrownBy(() -> sink(new StandardOutput(full, false)).write(OneBatch.of("a")))
                    .withMessage(
                            "sinks.screen: standard output: cannot be written: No space left on device (expected: room for it)");
        }
    }

    @Test
    void readerThatHasLeftIsAnErrorOfItsOwn() throws Exception {
        // Closes its end of the pipe and goes on living, or the JDK would close ours.
        Process reader = new ProcessBuilder("sh", "-c", "exec sleep 60 <&-").start();
        try {
            ConsoleSink sink = sink(reader.getOutputStream());

            assertThatExceptionOfType(OutputClosedException.class)
                    .isThrownBy(() -> sink.write(OneBatch.of("x".repeat(200_000))))
                    .withMessage(
                            "sinks.screen: standard output: closed by its reader (expected: one that reads to the end)");
        } finally {
            reader.destroyForcibly().waitFor();
        }
    }

    @Test
    void abortEndsAWriteThatNobodyReads() throws Exception {
        Process reader = new ProcessBuilder("cat")
                .redirectOutput(ProcessBuilder.Redirect.PIPE)
                .start();
        Path pipe = Path.of("/proc/" + reader.pid() + "/fd/0");
        try (FileOutputStream out = new FileOutputStream(pipe.toFile())) {
            CountDownLatch begun = new CountDownLatch(1);
            LineText text = new LineText(new Keys());
            ConsoleSink sink = new ConsoleSink("sinks.screen", new StandardOutput(out, true), (event, to) -> {
                text.encode(event, to);
                begun.countDown();
            });
            Throwable[] failure = new Throwable[1];
            Thread writer = new Thread(() -> {
                try {
                    // More than two pipes hold; the first write is about to block when it is encoded.
                    while (true) {
                        sink.write(OneBatch.of("x".repeat(1_000_000), "y"));
                    }
                } catch (Throwable end) {
                    failure[0] = end;
                }
            });
            writer.start();
            begun.await();

            sink.abort();
            writer.join(20_000);

            assertThat(writer.isAlive()).isFalse();
            assertThat(failure[0]).isInstanceOf(IOException.class);
        } finally {
            reader.destroyForcibly().waitFor();
        }
    }
}
