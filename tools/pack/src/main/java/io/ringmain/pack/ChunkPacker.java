package io.ringmain.pack;

import io.ringmain.spi.Stage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Packs chunks: what a worker does. */
final class ChunkPacker implements Stage<Slot> {

    private final Packing packing;
    private final FlowClock clock;
    private @Nullable ChunkCodec codec;

    ChunkPacker(Packing packing, FlowClock clock) {
        this.packing = packing;
        this.clock = clock;
    }

    @Override
    public boolean process(Slot slot) throws IOException {
        ChunkCodec mine = codec;
        if (mine == null) {
            // Made by the first chunk: most workers of a pool that may grow are never asked.
            mine = packing.format().codec(packing.level());
            codec = mine;
        }
        Chunk chunk = slot.chunk();
        chunk.takenAtNs = System.nanoTime();
        clock.taken();
        mine.pack(chunk.content, chunk.result);
        chunk.packedAtNs = System.nanoTime();
        clock.packed();
        return true;
    }

    @Override
    public void close() {
        if (codec != null) {
            codec.close();
        }
    }
}
