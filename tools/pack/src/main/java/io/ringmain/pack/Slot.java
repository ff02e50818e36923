package io.ringmain.pack;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** The event: which chunk is in this slot of the ring. There are as many chunks as memory was given; a ring has as many slots as a power of two. */
final class Slot {

    private @Nullable Chunk chunk;

    static void put(Slot slot, Chunk chunk) {
        slot.chunk = chunk;
    }

    Chunk chunk() {
        return requireNonNull(chunk, "chunk");
    }
}
