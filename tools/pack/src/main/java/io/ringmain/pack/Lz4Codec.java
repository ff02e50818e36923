package io.ringmain.pack;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.xxhash.XXHash32;
import net.jpountz.xxhash.XXHashFactory;
import org.jspecify.annotations.Nullable;

/**
 * A frame of lz4 for each chunk: independent blocks of at most 4 MiB, the length and a checksum of the content. A block that would not become smaller is
 * stored, and so are all where nothing is to be compressed.
 */
final class Lz4Codec implements ChunkCodec {

    static final int MAGIC = 0x184D2204;
    static final int STORED = 0x80000000;

    private static final int BLOCK_BYTES_MAX = 4 << 20;
    private static final int HEADER_BYTES = 15;
    /** Version 1, independent blocks, with length and checksum of the content. */
    private static final int FLAGS = 0b0110_1100;
    /** What stands for blocks of at most 64 KiB; each next code for four times as many, up to 4 MiB. */
    private static final int BLOCK_CODE_MIN = 4;

    private static final int BLOCK_CODE_MAX = 7;

    private final @Nullable LZ4Compressor compressor;
    private final XXHash32 hash = XXHashFactory.fastestInstance().hash32();

    Lz4Codec(int level, boolean isCompressing) {
        LZ4Factory factory = LZ4Factory.fastestInstance();
        // As the program lz4 counts: its levels 1 and 2 are the fast way.
        compressor = !isCompressing ? null : level < 3 ? factory.fastCompressor() : factory.highCompressor(level);
    }

    static long boundBytes(int chunkBytes) {
        int blocks = chunkBytes / BLOCK_BYTES_MAX + 1;
        // A block is compressed where it will stand, and that may take more than the block itself before it is given
        // up.
        return HEADER_BYTES + chunkBytes + 4L * blocks + Math.min(chunkBytes, BLOCK_BYTES_MAX) / 255 + 16 + 8;
    }

    @Override
    public void pack(ByteBuffer in, ByteBuffer out) {
        out.clear().order(ByteOrder.LITTLE_ENDIAN);
        int code = BLOCK_CODE_MIN;
        while (code < BLOCK_CODE_MAX && in.remaining() > 1 << (8 + 2 * code)) {
            code++;
        }
        out.putInt(MAGIC).put((byte) FLAGS).put((byte) (code << 4)).putLong(in.remaining());
        out.put((byte) (hash.hash(out, 4, 10, 0) >> 8));
        int from = in.position();
        while (from < in.limit()) {
            int bytes = Math.min(BLOCK_BYTES_MAX, in.limit() - from);
            block(in, from, bytes, out);
            from += bytes;
        }
        out.putInt(0).putInt(hash.hash(in, in.position(), in.remaining(), 0));
        out.flip();
    }

    private void block(ByteBuffer in, int from, int bytes, ByteBuffer out) {
        int at = out.position() + 4;
        int packed = compressor == null
                ? bytes
                : compressor.compress(
                        in, from, bytes, out, at, Math.min(out.capacity() - at, bytes + bytes / 255 + 16));
        if (packed < bytes) {
            out.putInt(packed).position(at + packed);
        } else {
            out.putInt(bytes | STORED).put(in.duplicate().position(from).limit(from + bytes));
        }
    }
}
