package io.ringmain.pack;

import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;

/** A frame of zstd for each chunk, with its length and a checksum of its content. */
final class ZstdCodec implements ChunkCodec {

    private final ZstdCompressCtx context = new ZstdCompressCtx();

    ZstdCodec(int level) {
        context.setLevel(level).setChecksum(true);
    }

    @Override
    public void pack(ByteBuffer in, ByteBuffer out) {
        out.clear();
        int bytes = context.compressDirectByteBuffer(out, 0, out.capacity(), in, in.position(), in.remaining());
        out.limit(bytes);
    }

    @Override
    public void close() {
        context.close();
    }
}
