package io.ringmain.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.Pipeline;
import io.ringmain.config.WhenFailed;
import io.ringmain.kit.Cell;
import io.ringmain.testing.CollectingSink;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.nio.file.Path;
import java.util.List;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Queues that other programs have written are read, one excerpt an event. */
@Timeout(60)
class QueueSourceTest {

    static {
        System.setProperty("chronicle.analytics.disable", "true");
        System.setProperty("chronicle.disk.monitor.disable", "true");
    }

    @TempDir
    Path directory;

    private static void note(Cell cell, byte[] bytes, int length) {
        cell.note = new String(bytes, 0, length, UTF_8);
    }

    private void write(boolean text, String... excerpts) {
        try (ChronicleQueue queue = SingleChronicleQueueBuilder.single(directory.toFile())
                .rollCycle(RollCycles.FAST_HOURLY)
                .build()) {
            ExcerptAppender appender = queue.createAppender();
            for (String excerpt : excerpts) {
                if (text) {
                    appender.writeText(excerpt);
                } else {
                    appender.writeBytes(Bytes.wrapForRead(excerpt.getBytes(UTF_8)));
                }
            }
        }
    }

    private static List<String> read(QueueSource<Cell> source) {
        var sink = new CollectingSink<Cell, String>(cell -> cell.note);
        Pipeline.of("foreign", Cell.TYPE)
                .source("queue", source)
                .sink("sink", sink)
                .whenFailed(WhenFailed.stop())
                .build()
                .start()
                .await();
        return sink.values();
    }

    @Test
    void textIsReadAsUtf8() {
        write(true, "first", "zweite Zeile, größer", "三 \uD83D\uDE00");

        assertThat(read(QueueSource.text(directory, QueueSourceTest::note)))
                .containsExactly("first", "zweite Zeile, größer", "三 \uD83D\uDE00");
    }

    @Test
    void bytesAreReadAsTheyAre() {
        String large = "x".repeat(20_000);
        write(false, "first", large, "last");

        QueueSource<Cell> source = QueueSource.bytes(directory, QueueSourceTest::note);
        assertThat(read(source)).containsExactly("first", large, "last");
        assertThat(source.bytesRead()).isEqualTo(20_009);
    }

    @Test
    void aSourceThatRemembersItsPlaceGoesOnBehindIt() throws Exception {
        write(true, "a", "b", "c");
        QueueSource<Cell> first = QueueSource.text(directory, QueueSourceTest::note);
        read(first);
        var state = new ByteArrayOutputStream();
        first.save(new DataOutputStream(state));
        write(true, "d", "e");

        QueueSource<Cell> second = QueueSource.text(directory, QueueSourceTest::note);
        second.load(new DataInputStream(new ByteArrayInputStream(state.toByteArray())));

        assertThat(read(second)).containsExactly("d", "e");
    }

    @Test
    void whatIsNoQueueIsRefusedAtTheStart() {
        QueueSource<Cell> source = QueueSource.text(directory.resolve("nothing"), QueueSourceTest::note);

        assertThatThrownBy(() -> read(source)).hasMessageContaining("expected: that of a queue");
    }
}
