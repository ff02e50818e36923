package io.ringmain.spi;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.kit.Cell;
import io.ringmain.kit.PortableCell;
import io.ringmain.spi.SinkDigest.Repeats;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestSinkTest {

    private static Digest digest(long... values) throws Exception {
        var sink = new DigestSink<>(new PortableCell());
        for (long value : values) {
            assertThat(sink.wants(cell(value))).isTrue();
        }
        return sink.digest();
    }

    private static Cell cell(long value) {
        Cell cell = new Cell();
        cell.value = value;
        cell.note = "cell " + value;
        return cell;
    }

    @ParameterizedTest
    @CsvSource({
        "'', 00000000000000000000000000000000",
        "hello, cbd8a7b341bd9b025b1e906a48ae1d19",
        "The quick brown fox jumps over the lazy dog, e34bbc7bbc071b6c7a433ca9c49a9347"
    })
    void theHashIsThatOfItsAuthor(String text, String expected) {
        var hash = new Hash128();
        byte[] bytes = text.getBytes(US_ASCII);

        hash.of(bytes, bytes.length);

        assertThat("%016x%016x".formatted(hash.low, hash.high)).isEqualTo(expected);
    }

    @Test
    void equalEventsInOrderGiveEqualDigests() throws Exception {
        assertThat(digest(1, 2, 3)).isEqualTo(digest(1, 2, 3));
        assertThat(digest(1, 2, 3)).isNotEqualTo(digest(1, 2, 4));
        assertThat(digest(1, 1).inAnyOrder()).isNotEqualTo(digest(2, 2).inAnyOrder());
        assertThat(digest(0).inOrder()).isNotEqualTo(digest(0, 0).inOrder());
    }

    @Test
    void anotherOrderChangesOneHalfOnly() throws Exception {
        Digest one = digest(1, 2, 3);
        Digest other = digest(3, 1, 2);

        assertThat(other.inAnyOrder()).isEqualTo(one.inAnyOrder());
        assertThat(other.inOrder()).isNotEqualTo(one.inOrder());
        assertThat(new SinkDigest("s", one, Repeats.IN_ORDER).isContradictedBy(other))
                .isTrue();
        assertThat(new SinkDigest("s", one, Repeats.IN_ANY_ORDER).isContradictedBy(other))
                .isFalse();
        assertThat(new SinkDigest("s", one, Repeats.IN_ANY_ORDER).isContradictedBy(digest(1, 2)))
                .isTrue();
        assertThat(new SinkDigest("s", one, Repeats.NOT).isContradictedBy(digest(5)))
                .isFalse();
    }

    @Test
    void theSinkBehindItChoosesAndIsCalled() throws Exception {
        List<String> calls = new ArrayList<>();
        Sink<Cell> behind = new Sink<>() {
            @Override
            public void write(Batch<Cell> batch) {
                calls.add("write");
            }

            @Override
            public boolean chooses() {
                return true;
            }

            @Override
            public boolean wants(Cell event) {
                return event.value != 2;
            }

            @Override
            public void flush() {
                calls.add("flush");
            }

            @Override
            public void open() {
                calls.add("open");
            }

            @Override
            public void close() {
                calls.add("close");
            }

            @Override
            public void abort() {
                calls.add("abort");
            }
        };
        var sink = new DigestSink<>(new PortableCell(), behind);

        sink.open();
        assertThat(sink.wants(cell(1))).isTrue();
        assertThat(sink.wants(cell(2))).isFalse();
        sink.flush();
        sink.abort();
        sink.close();

        assertThat(sink.digest()).isEqualTo(digest(1));
        assertThat(calls).containsExactly("open", "flush", "abort", "close");
        assertThat(sink.blocking()).isTrue();
        assertThat(new DigestSink<>(new PortableCell()).blocking()).isFalse();
    }
}
