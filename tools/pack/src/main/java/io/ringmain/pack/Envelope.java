package io.ringmain.pack;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What our files have before and behind their chunks, in a form that the programs of the formats leave out: a skippable frame, or a member of gzip that is empty and
 * has an extra field.
 *
 * <pre>
 *   mark     RMPK M version format 0 chunk bytes(4)
 *   trailer  RMPK T version 0 0      chunks(8) length(8) CRC-32C of the content(4) of all packed bytes before(4) of the trailer before(4)
 * </pre>
 *
 * Numbers are little-endian. The mark says that there must be a trailer; the trailer says that there must have been a mark. So no change of a single place can
 * make a file look like one of somebody else, of which nothing more is known.
 */
final class Envelope {

    static final byte VERSION = 1;
    /** What a skippable frame begins with; there are sixteen, this is ours. */
    static final int SKIPPABLE = 0x184D2A5B;
    /** The length of the longest mark, which is that of gzip. */
    static final int MARK_BYTES_MAX = 38;

    private static final byte[] NAME = "RMPK".getBytes(StandardCharsets.US_ASCII);
    private static final byte MARK = 'M';
    private static final byte TRAILER = 'T';
    private static final int MARK_PAYLOAD_BYTES = 12;
    private static final int TRAILER_PAYLOAD_BYTES = 36;
    /** An empty last block, and the checksum and the length of nothing. */
    private static final byte[] EMPTY_MEMBER_END = {3, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    /** What a mark says. */
    record Mark(PackFormat format, int chunkBytes, int version) {}

    /**
     * What a trailer says.
     *
     * @param chunks how many chunks there are
     * @param length how many bytes they have unpacked
     * @param contentCrc their CRC-32C
     * @param packedCrc that of the mark and of the packed chunks
     */
    record Trailer(long chunks, long length, int contentCrc, int packedCrc) {}

    private Envelope() {}

    private static int payloadAt(boolean isGzip) {
        return isGzip ? 16 : 8;
    }

    static byte[] mark(PackFormat format, int chunkBytes) {
        byte[] bytes = new byte[markBytes(format)];
        ByteBuffer mark = begin(format, MARK_PAYLOAD_BYTES, bytes);
        mark.put(NAME).put(MARK).put(VERSION).put(format.code()).put((byte) 0);
        mark.putInt(chunkBytes);
        end(mark);
        return bytes;
    }

    static byte[] trailer(PackFormat format, Trailer said) {
        byte[] bytes = new byte[trailerBytes(format)];
        ByteBuffer trailer = begin(format, TRAILER_PAYLOAD_BYTES, bytes);
        trailer.put(NAME).put(TRAILER).put(VERSION).putShort((short) 0);
        trailer.putLong(said.chunks).putLong(said.length);
        trailer.putInt(said.contentCrc).putInt(said.packedCrc);
        CRC32C own = new CRC32C();
        own.update(bytes, 0, trailer.position());
        trailer.putInt((int) own.getValue());
        end(trailer);
        return bytes;
    }

    static int markBytes(PackFormat format) {
        return bytes(format, MARK_PAYLOAD_BYTES);
    }

    static int trailerBytes(PackFormat format) {
        return bytes(format, TRAILER_PAYLOAD_BYTES);
    }

    private static int bytes(PackFormat format, int payloadBytes) {
        boolean isGzip = format == PackFormat.GZIP;
        return payloadAt(isGzip) + payloadBytes + (isGzip ? EMPTY_MEMBER_END.length : 0);
    }

    private static ByteBuffer begin(PackFormat format, int payloadBytes, byte[] bytes) {
        ByteBuffer begun = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (format == PackFormat.GZIP) {
            begun.put((byte) 0x1f).put((byte) 0x8b).put((byte) 8).put((byte) 4);
            begun.putInt(0).put((byte) 0).put((byte) 0xff);
            begun.putShort((short) (4 + payloadBytes));
            begun.put((byte) 'R').put((byte) 'M').putShort((short) payloadBytes);
        } else {
            begun.putInt(SKIPPABLE).putInt(payloadBytes);
        }
        return begun;
    }

    private static void end(ByteBuffer bytes) {
        if (bytes.hasRemaining()) {
            bytes.put(EMPTY_MEMBER_END);
        }
    }

    /** The mark with which {@code head}, {@link #MARK_BYTES_MAX} bytes or the whole file, begins. */
    static Optional<Mark> markOf(byte[] head) {
        boolean isGzip = head.length > 0 && head[0] == 0x1f;
        int at = payloadAt(isGzip);
        if (head.length < at + MARK_PAYLOAD_BYTES
                || !Arrays.equals(head, at, at + 4, NAME, 0, 4)
                || head[at + 4] != MARK) {
            return Optional.empty();
        }
        PackFormat format = PackFormat.of(head[at + 6]);
        if (format == null) {
            return Optional.empty();
        }
        int chunkBytes = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(at + 8);
        byte[] made = mark(format, chunkBytes);
        int version = head[at + 5];
        made[at + 5] = head[at + 5];
        boolean isWhole = head.length >= made.length && Arrays.equals(made, 0, made.length, head, 0, made.length);
        return isWhole ? Optional.of(new Mark(format, chunkBytes, version)) : Optional.empty();
    }

    /** The trailer that {@code bytes} are, all of them. */
    static Optional<Trailer> trailerOf(PackFormat format, byte[] bytes) {
        if (bytes.length != trailerBytes(format)) {
            return Optional.empty();
        }
        ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int at = payloadAt(format == PackFormat.GZIP) + 8;
        Trailer said = new Trailer(
                numbers.getLong(at), numbers.getLong(at + 8), numbers.getInt(at + 16), numbers.getInt(at + 20));
        return Arrays.equals(trailer(format, said), bytes) ? Optional.of(said) : Optional.empty();
    }
}
