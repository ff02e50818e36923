package io.ringmain.logs.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Writes bytes to a channel through one buffer outside the heap, where a channel needs them anyway. One thread. Never allocates. */
final class BlockWriter {

    /** From how many bytes on it is worth writing before there are more. */
    static final int BLOCK_BYTES = 64 << 10;

    private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);

    /** Writes all of {@code bytes} and empties them. */
    void write(Bytes bytes, WritableByteChannel to) throws IOException {
        int length = bytes.length();
        for (int from = 0; from < length; from += BLOCK_BYTES) {
            block.clear();
            block.put(bytes.array(), from, Math.min(BLOCK_BYTES, length - from));
            block.flip();
            while (block.hasRemaining()) {
                to.write(block);
            }
        }
        bytes.clear();
    }
}
