package io.ringmain.pack;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Makes a chunk smaller, whole and by itself: what it gives can be read without what came before.
 *
 * <p>Thread: one at a time; each worker has its own.
 */
interface ChunkCodec extends AutoCloseable {

    /**
     * Packs what is in {@code in} into {@code out}, which is then ready to be read. Both are direct; {@code in} has as much left after as before.
     *
     * @param out with room for the {@linkplain PackFormat#boundBytes bound} of the chunk, from 0
     */
    void pack(ByteBuffer in, ByteBuffer out) throws IOException;

    @Override
    default void close() {}
}
