package io.ringmain.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.xxhash.XXHashFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files that others have packed. */
@Timeout(60)
class ForeignFilesTest {

    private static final byte[] CONTENT = Packed.text(1, 300_000);

    /** A stream that packs what is written to it. */
    private interface Packer {
        OutputStream to(OutputStream out) throws IOException;
    }

    private static byte[] packed(byte[] content, Packer packer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream packing = packer.to(out)) {
            packing.write(content);
        }
        return out.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] skippable(int number, int bytes) {
        return ByteBuffer.allocate(8 + bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x184D2A50 + number)
                .putInt(bytes)
                .array();
    }

    private static void assertTwice(byte[] packed) throws IOException {
        assertThat(Packed.unpack(packed, Unlocking.none())).isEqualTo(joined(CONTENT, CONTENT));
    }

    @Test
    void severalFramesOfZstdAndSkippableOnesAnywhere() throws IOException {
        byte[] frame = packed(CONTENT, ZstdOutputStreamNoFinalizer::new);

        assertTwice(joined(skippable(0, 4), skippable(15, 70_000), frame, skippable(3, 0), frame, skippable(4, 9)));
    }

    @Test
    void severalFramesOfLz4AndSkippableOnesAnywhere() throws IOException {
        byte[] frame = packed(CONTENT, LZ4FrameOutputStream::new);

        assertTwice(joined(skippable(1, 99), frame, skippable(3, 0), frame));
    }

    @Test
    void severalMembersOfGzipWithAllThatAHeaderMayHave() throws IOException {
        byte[] member = packed(CONTENT, GZIPOutputStream::new);
        byte[] header = {0x1f, (byte) 0x8b, 8, 2 + 4 + 8 + 16, 1, 2, 3, 4, 0, 3, 2, 0, 'x', 'y', 'n', 0, 'c', 'c', 0};
        CRC32 crc = new CRC32();
        crc.update(header);
        byte[] check = {(byte) crc.getValue(), (byte) (crc.getValue() >> 8)};

        assertTwice(joined(member, header, check, Arrays.copyOfRange(member, 10, member.length)));

        check[0]++;
        assertThatThrownBy(
                        () -> assertTwice(joined(header, check, Arrays.copyOfRange(member, 10, member.length), member)))
                .hasMessageContaining("has a member whose header does not match its checksum");
    }

    @Test
    void blocksOfLz4ThatReferToTheOneBefore() throws IOException {
        byte[] descriptor = {0x40, 0x40};
        byte hash = (byte) (XXHashFactory.safeInstance().hash32().hash(descriptor, 0, 2, 0) >> 8);
        ByteBuffer frame = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(Lz4Codec.MAGIC).put(descriptor).put(hash);
        frame.putInt(11).put((byte) 0xa0).put("0123456789".getBytes(StandardCharsets.US_ASCII));
        // Twelve bytes from eight before, two of them among those that it makes; then five as they are.
        frame.putInt(9).put((byte) 0x06).putShort((short) 8).put((byte) 0x50).put(new byte[] {'a', 'b', 'c', 'd', 'e'});
        frame.putInt(0);

        byte[] content = Packed.unpack(Arrays.copyOf(frame.array(), frame.position()), Unlocking.none());

        assertThat(new String(content, StandardCharsets.US_ASCII)).isEqualTo("0123456789" + "2345678923" + "abcde");
    }

    private static void assertNeeds(String sentence, String packed) {
        assertThatThrownBy(() -> Packed.unpack(HexFormat.of().parseHex(packed), Unlocking.none()))
                .isInstanceOf(PackException.class)
                .hasMessageContaining(": cannot be unpacked here: it needs " + sentence)
                .hasMessageNotContaining("damaged");
    }

    @Test
    void whatNeedsMoreThanTheFileIsNotCalledDamaged() {
        // A window of 2 GiB, and dictionaries with a number: of zstd in the third byte, of lz4 behind the flags.
        assertNeeds("more memory than 128 MiB, as zstd --long", "28b52ffd00a8090000" + "78");
        assertNeeds("a dictionary", "28b52ffd010005090000" + "78");
        assertNeeds("a dictionary", "04224d18" + "6140" + "05000000" + "00" + "00000000");
    }

    @Test
    void whatIsCutIsRefused() throws IOException {
        for (Packer packer :
                new Packer[] {ZstdOutputStreamNoFinalizer::new, LZ4FrameOutputStream::new, GZIPOutputStream::new}) {
            byte[] whole = packed(CONTENT, packer);
            for (int lost : new int[] {1, 4, 9, 1_000}) {
                byte[] cut = Arrays.copyOf(whole, whole.length - lost);
                assertThatThrownBy(() -> Packed.unpack(cut, Unlocking.none()))
                        .as("lost " + lost)
                        .isInstanceOf(PackException.class)
                        .hasMessageContaining("damaged or not whole");
            }
        }
    }

    @Test
    void whatStandsBehindTheLastMemberIsNotLeftOutInSilence() throws IOException {
        byte[] packed = joined(packed(CONTENT, GZIPOutputStream::new), new byte[] {'x'});

        assertThatThrownBy(() -> Packed.unpack(packed, Unlocking.none()))
                .hasMessageContaining("has something in it that is no member of gzip");
    }

    @Test
    void aFrameThatIsShorterThanOurTrailerIsRead() throws IOException {
        assertThat(Packed.unpack(Zstd.compress(new byte[] {'a'}), Unlocking.none()))
                .isEqualTo(new byte[] {'a'});
        assertThat(Packed.unpack(packed(new byte[0], GZIPOutputStream::new), Unlocking.none()))
                .isEmpty();
    }

    @Test
    void whatIsOnlyEncryptedComesAsItIs() throws IOException {
        for (byte[] content : new byte[][] {CONTENT, new byte[0], {'a'}}) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (WritableByteChannel locked = Packed.locked().locked(Channels.newChannel(out))) {
                locked.write(ByteBuffer.wrap(content));
            }

            assertThat(Packed.unpack(out.toByteArray(), Packed.unlocking())).isEqualTo(content);
        }
    }
}
