package io.ringmain.pack;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The memory of chunks, for one flow after the other. Thread: that which makes the flows. */
public final class ChunkMemory {

    private final int count;
    private final Supplier<Chunk> maker;
    private List<Chunk> chunks;

    private ChunkMemory(int count, Supplier<Chunk> maker) {
        this.count = count;
        this.maker = maker;
        chunks = made();
    }

    private List<Chunk> made() {
        return Stream.generate(maker).limit(count).toList();
    }

    List<Chunk> chunks() {
        // What a flow that was stopped had under way nobody will use any more.
        chunks.forEach(Chunk::free);
        return chunks;
    }

    /** Takes other memory: a thread that did not return may still work on this. */
    void giveUp() {
        chunks = made();
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
        require(bytes(packing), Runtime.getRuntime().maxMemory());
        int boundBytes = packing.format().boundBytes(packing.chunkBytes());
        try {
            return new ChunkMemory(packing.depth(), () -> Chunk.toPack(packing.chunkBytes(), boundBytes));
        } catch (OutOfMemoryError tooMuch) {
            throw tooMuch(bytes(packing), Runtime.getRuntime().maxMemory());
        }
    }

    /**
     * Takes memory to unpack with: {@code depth} chunks, at least 2, of {@code chunkBytes} each.
     *
     * @throws PackException if there is not as much
     */
    public static ChunkMemory toUnpack(int depth, int chunkBytes) throws PackException {
        // They are on the heap, where others must have room too, and the JVM would end where there is none.
        require((long) depth * chunkBytes, Runtime.getRuntime().maxMemory() / 10 * 6);
        return new ChunkMemory(depth, () -> Chunk.toCopy(chunkBytes));
    }

    private static void require(long bytes, long bytesMax) throws PackException {
        if (bytes > bytesMax) {
            throw tooMuch(bytes, bytesMax);
        }
    }

    private static PackException tooMuch(long bytes, long bytesMax) {
        return new PackException("memory: " + (bytes >> 20) + " MiB for chunks (expected: at most " + (bytesMax >> 20)
                + " MiB here); give a smaller --chunk or --depth");
    }
}
