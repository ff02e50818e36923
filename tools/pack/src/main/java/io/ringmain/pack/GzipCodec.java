package io.ringmain.pack;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** A member of gzip for each chunk. */
final class GzipCodec implements ChunkCodec {

    private static final int HEADER_BYTES = 10;

    private final Deflater deflater;
    private final CRC32 crc = new CRC32();
    private final byte extraFlags;

    GzipCodec(int level) {
        deflater = new Deflater(level, true);
        // As gzip itself says of its best and its fastest.
        extraFlags = (byte) (level == Deflater.BEST_COMPRESSION ? 2 : level == Deflater.BEST_SPEED ? 4 : 0);
    }

    @Override
    public void pack(ByteBuffer in, ByteBuffer out) {
        out.clear().order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 0x1f).put((byte) 0x8b).put((byte) 8).put((byte) 0);
        // No time: the same content gives the same bytes. The system is said to be unknown for the same reason.
        out.putInt(0).put(extraFlags).put((byte) 0xff);
        assert out.position() == HEADER_BYTES;
        deflater.reset();
        deflater.setInput(in.duplicate());
        deflater.finish();
        while (!deflater.finished()) {
            if (deflater.deflate(out) == 0 && !out.hasRemaining()) {
                throw new IllegalStateException("deflate: needs more than its bound of " + out.capacity() + " bytes");
            }
        }
        crc.reset();
        crc.update(in.duplicate());
        out.putInt((int) crc.getValue()).putInt(in.remaining());
        out.flip();
    }

    @Override
    public void close() {
        deflater.end();
    }
}
