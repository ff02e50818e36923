package io.ringmain.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class RoundTripTest {

    private static final int CHUNK = Packed.CHUNK_BYTES;

    static List<Packing> all() {
        return Packed.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void contentOfAnyLengthComesBack(Packing packing) throws IOException {
        for (int length : new int[] {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 10 * CHUNK + 77}) {
            byte[] content = Packed.text(length, length);

            byte[] packed = Packed.pack(content, packing);

            assertThat(Packed.unpack(packed, Packed.unlocking()))
                    .as("length " + length)
                    .isEqualTo(content);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBecomeSmallerComesBackAtEachLevel(PackFormat format) throws IOException {
        byte[] noise = Packed.noise(7, 3 * CHUNK + 5);
        for (int level = format.levelMin(); level <= format.levelMax(); level++) {
            Packing packing = new Packing(format, level, CHUNK, 2, 1, 1, Locking.none());

            byte[] packed = Packed.pack(noise, packing);

            assertThat(Packed.unpack(packed, Unlocking.none()))
                    .as("level " + level)
                    .isEqualTo(noise);
            assertThat(packed.length).isLessThan(noise.length + noise.length / 100 + 400);
        }
    }

    @Test
    void aBlockOfLz4LargerThanFourMebibytesIsParted() throws IOException {
        Packing packing = new Packing(PackFormat.LZ4, 1, 9 << 20, 2, 1, 1, Locking.none());
        byte[] content = Packed.text(3, 20 << 20);

        assertThat(Packed.unpack(Packed.pack(content, packing), Unlocking.none()))
                .isEqualTo(content);
    }

    @Test
    void theJdkReadsWhatGzipGives() throws IOException {
        byte[] content = Packed.text(4, 5 * CHUNK);

        byte[] packed = Packed.pack(content, Packed.packing(PackFormat.GZIP, Locking.none()));

        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void theSameContentGivesTheSameBytesWithAnyNumberOfWorkers() throws IOException {
        byte[] content = Packed.text(5, 40 * CHUNK);
        for (PackFormat format : PackFormat.values()) {
            byte[] one = Packed.pack(content, new Packing(format, format.level(), CHUNK, 2, 1, 1, Locking.none()));
            byte[] eight = Packed.pack(content, new Packing(format, format.level(), CHUNK, 10, 1, 8, Locking.none()));

            assertThat(eight).as(format.name()).isEqualTo(one);
        }
    }

    @Test
    void aPassphraseOpensWhatItHasClosedAndNoOtherDoes() throws IOException {
        byte[] content = Packed.text(6, 3 * CHUNK);
        Packing packing = Packed.packing(PackFormat.ZSTD, Locking.passphrase("correct horse", 10));

        byte[] packed = Packed.pack(content, packing);

        assertThat(Packed.unpack(packed, Unlocking.passphrase("correct horse"))).isEqualTo(content);
        assertThatThrownBy(() -> Packed.unpack(packed, Unlocking.passphrase("correct house")))
                .isInstanceOf(PackException.class)
                .hasMessageContaining("packed: cannot be decrypted: encrypted for somebody else");
        assertThatThrownBy(() -> Packed.unpack(packed, Packed.unlocking())).hasMessageContaining("cannot be decrypted");
        assertThatThrownBy(() -> Packed.unpack(packed, Unlocking.none()))
                .hasMessageContaining(
                        "packed: encrypted by age (expected: what it was encrypted for); give --identity");
    }

    @Test
    void theReportSaysWhatWasDone() throws IOException {
        byte[] content = Packed.text(8, 9 * CHUNK + 1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        FlowReport report = Packed.pack(content, Packed.packing(PackFormat.GZIP, Locking.none()), out);

        assertThat(report.chunks()).isEqualTo(10);
        assertThat(report.contentBytes()).isEqualTo(content.length);
        assertThat(report.packedBytes()).isEqualTo(out.size());
        assertThat(report.lanes()).extracting(FlowReport.Lane::name).containsExactly("reader", "workers", "writer");
        assertThat(report.lanes()).allSatisfy(lane -> {
            assertThat(lane.waited().count()).isEqualTo(10);
            assertThat(lane.service().count()).isEqualTo(10);
            assertThat(lane.depthMax()).isBetween(1L, 4L);
        });
        assertThat(report.bottleneckInWords()).startsWith(report.bottleneck().name() + ", busy ");
    }
}
