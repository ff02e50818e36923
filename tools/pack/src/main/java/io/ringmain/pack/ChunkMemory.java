package io.ringmain.pack;

import java.util.ArrayList;
import java.util.List;

/** The memory of chunks, for one flow after the other. Thread: that which makes the flows. */
public final class ChunkMemory {

    private final List<Chunk> chunks;

    private ChunkMemory(List<Chunk> chunks) {
        this.chunks = chunks;
    }

    List<Chunk> chunks() {
        // What a flow that was stopped had under way nobody will use any more.
        chunks.forEach(Chunk::free);
        return chunks;
    }

    /** How many bytes the chunks of {@code packing} take, outside of the heap. */
    public static long bytes(Packing packing) {
        return (long) packing.depth()
                * ((long) packing.chunkBytes() + packing.format().boundBytes(packing.chunkBytes()));
    }

    /**
     * Takes memory to pack with.
     *
     * @throws PackException if there is not as much
     */
    public static ChunkMemory toPack(Packing packing) throws PackException {
        require(bytes(packing));
        int boundBytes = packing.format().boundBytes(packing.chunkBytes());
        try {
            List<Chunk> chunks = new ArrayList<>(packing.depth());
            for (int i = 0; i < packing.depth(); i++) {
                chunks.add(Chunk.toPack(packing.chunkBytes(), boundBytes));
            }
            return new ChunkMemory(chunks);
        } catch (OutOfMemoryError tooMuch) {
            throw tooMuch(bytes(packing));
        }
    }

    /**
     * Takes memory to unpack with: {@code depth} chunks, at least 2, of {@code chunkBytes} each.
     *
     * @throws PackException if there is not as much
     */
    public static ChunkMemory toUnpack(int depth, int chunkBytes) throws PackException {
        require((long) depth * chunkBytes);
        List<Chunk> chunks = new ArrayList<>(depth);
        for (int i = 0; i < depth; i++) {
            chunks.add(Chunk.toCopy(chunkBytes));
        }
        return new ChunkMemory(chunks);
    }

    private static void require(long bytes) throws PackException {
        if (bytes > Runtime.getRuntime().maxMemory()) {
            throw tooMuch(bytes);
        }
    }

    private static PackException tooMuch(long bytes) {
        return new PackException("memory: " + (bytes >> 20) + " MiB for chunks (expected: at most "
                + (Runtime.getRuntime().maxMemory() >> 20) + " MiB here); give a smaller --chunk or --depth");
    }
}
