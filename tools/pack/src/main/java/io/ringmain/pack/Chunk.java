package io.ringmain.pack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * A piece of the content and the memory that it is in, used again and again: as it was read, and what became of it; and when.
 *
 * <p>Ownership: it goes from the reader to a worker to the writer, and by way of the ring back to the reader.
 */
final class Chunk {

    final ByteBuffer content;
    final ByteBuffer result;
    /** Whether the result is something else than the content. */
    final boolean isPacked;

    long index;
    /** How long the reader waited for room before it read this chunk, and how long it then read. */
    long roomWaitNs;

    long readNs;
    long readAtNs;
    long takenAtNs;
    long packedAtNs;
    private volatile boolean isInUse;

    private Chunk(ByteBuffer content, ByteBuffer result, boolean isPacked) {
        this.content = content;
        this.result = result;
        this.isPacked = isPacked;
    }

    /** A chunk to be packed: outside of the heap, where compressors and channels work on it without a copy. */
    static Chunk toPack(int bytes, int boundBytes) {
        return new Chunk(ByteBuffer.allocateDirect(bytes), ByteBuffer.allocateDirect(boundBytes), true);
    }

    /** A chunk that is written as it is read. */
    static Chunk toCopy(int bytes) {
        ByteBuffer both = ByteBuffer.allocate(bytes);
        return new Chunk(both, both, false);
    }

    /** Fills it from {@code in}, whole but for the last one; returns whether there was anything. */
    boolean fill(long number, ReadableByteChannel in) throws IOException {
        if (isInUse) {
            throw new IllegalStateException("chunk " + index + " is still on its way (expected: written)");
        }
        index = number;
        content.clear();
        int count = 0;
        while (count >= 0 && content.hasRemaining()) {
            count = in.read(content);
        }
        content.flip();
        isInUse = content.hasRemaining();
        return isInUse;
    }

    /** Says that its memory may be used again. */
    void free() {
        isInUse = false;
    }
}
