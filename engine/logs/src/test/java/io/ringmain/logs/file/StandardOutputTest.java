package io.ringmain.logs.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.ringmain.logs.Keys;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StandardOutputTest {

    private static final int LINES = 100;
    private static final int LINE_BYTES = 300_000;

    private static OutputStream failing(String reason) {
        return new OutputStream() {
            @Override
            public void write(int single) throws IOException {
                throw new IOException(reason);
            }
        };
    }

    private static ConsoleSink sink(StandardOutput out) {
        return new ConsoleSink("sinks.screen", out, new LineText(new Keys()));
    }

    @Test
    void whateverFailsOnAPipeIsItsReaderInAnyLanguage() {
        StandardOutput out = new StandardOutput(failing("Daten\u00fcbergabe unterbrochen"), true);

        assertThatExceptionOfType(OutputClosedException.class)
                .isThrownBy(() -> sink(out).write(OneBatch.of("a")));
        assertThat(out.isReaderGone()).isTrue();
    }

    @Test
    void aFullDiskIsNoReaderThatHasGone() {
        StandardOutput out = new StandardOutput(failing("No space left on device"), false);

        assertThatIOException()
                .isThrownBy(() -> sink(out).write(OneBatch.of("a")))
                .withMessageContaining("cannot be written: No space left on device");
        assertThat(out.isReaderGone()).isFalse();
        assertThat(out.failure()).get().extracting(IOException::getMessage).isEqualTo("No space left on device");
    }

    @Test
    void theFirstFailureIsToldOnce() {
        AtomicInteger told = new AtomicInteger();
        StandardOutput out = new StandardOutput(failing("no"), false);
        out.onFailure(told::incrementAndGet);

        assertThatIOException().isThrownBy(() -> out.write('a'));
        assertThatIOException().isThrownBy(() -> sink(out).write(OneBatch.of("a")));

        assertThat(told).hasValue(1);
    }

    @Test
    void anAbortIsNoFailureAndEndsAllThatIsWritten() throws Exception {
        try (FileOutputStream file = new FileOutputStream("/dev/null")) {
            StandardOutput out = new StandardOutput(file, true);

            sink(out).abort();

            assertThatIOException().isThrownBy(() -> sink(out).write(OneBatch.of("a")));
            assertThat(out.isAborted()).isTrue();
            assertThat(out.isReaderGone()).isFalse();
            assertThat(out.failure()).isEmpty();
        }
    }

    @Test
    void closingLeavesTheStreamOpen() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StandardOutput out = new StandardOutput(bytes, false);

        out.close();
        out.write("still".getBytes(StandardCharsets.UTF_8));

        assertThat(bytes).hasToString("still");
    }

    @Test
    void longLinesOfTwoSinksStayWhole() throws Exception {
        // Each line is written in several blocks.
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StandardOutput out = new StandardOutput(bytes, false);
        CountDownLatch ready = new CountDownLatch(2);
        List<Thread> writers = new ArrayList<>();
        for (String letter : List.of("a", "b")) {
            ConsoleSink sink = sink(out);
            writers.add(new Thread(() -> writeLines(sink, letter.repeat(LINE_BYTES), ready), letter));
        }

        writers.forEach(Thread::start);
        for (Thread writer : writers) {
            writer.join();
        }

        String[] lines = bytes.toString(StandardCharsets.UTF_8).split("\n", -1);
        assertThat(lines).hasSize(2 * LINES + 1);
        for (int i = 0; i < lines.length - 1; i++) {
            assertThat(lines[i].equals("a".repeat(LINE_BYTES)) || lines[i].equals("b".repeat(LINE_BYTES)))
                    .as("line %s is whole", i)
                    .isTrue();
        }
    }

    private static void writeLines(ConsoleSink sink, String line, CountDownLatch ready) {
        try {
            ready.countDown();
            ready.await();
            for (int i = 0; i < LINES; i++) {
                sink.write(OneBatch.of(line));
            }
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }
}
