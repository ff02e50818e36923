package io.ringmain.perf.work;

/**
 * One side of a comparison: moves numbered events through a shape.
 *
 * <p>Thread: one publishes and closes.
 */
public interface Side extends AutoCloseable {

    /** How many events a batch has. */
    int BATCH = 64;

    /** How many slots the rings of both sides have. */
    int RING = 8192;

    /** Moves {@code events}, a multiple of {@link #BATCH}, to the end of the shape; returns how long that took, in nanoseconds. */
    long move(long events);

    /** The hash of all that arrived. */
    long hash();

    @Override
    void close();
}
