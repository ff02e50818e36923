package io.ringmain.logs.file;

import org.jspecify.annotations.Nullable;

/**
 * The arrays that one source reads into: at most so many, made when they are first needed and used again and again.
 *
 * <p>A slab that the source is done with waits, in order, until the events whose lines lie in it have left the ring. The one that
 * waits longest is tried first; so only as many are made as lie between the source and the end of the ring, and these stay warm.
 *
 * <p>Thread: the intake thread. Allocates only for a new slab.
 */
final class Slabs {

    private final int slabBytes;
    private final byte[][] waiting;
    private final long[] lastClaims;
    private int head;
    private int count;
    private int made;

    /** Makes a pool of at most {@code slabsMax} slabs of {@code slabBytes} bytes. */
    Slabs(int slabBytes, int slabsMax) {
        this.slabBytes = slabBytes;
        waiting = new byte[slabsMax][];
        lastClaims = new long[slabsMax];
    }

    /** Returns a slab whose events have all left the ring, which is known up to {@code released}; null if there is none. */
    byte @Nullable [] take(long released) {
        if (count > 0 && lastClaims[head] <= released) {
            byte[] slab = waiting[head];
            head = (head + 1) % waiting.length;
            count--;
            return slab;
        }
        if (made == waiting.length) {
            return null;
        }
        made++;
        return new byte[slabBytes];
    }

    /** Takes a slab back, to be used again when the event with the number {@code lastClaim} has left the ring. */
    void retire(byte[] slab, long lastClaim) {
        int tail = (head + count) % waiting.length;
        waiting[tail] = slab;
        lastClaims[tail] = lastClaim;
        count++;
    }
}
