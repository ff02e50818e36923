package io.ringmain.spi;

import org.jspecify.annotations.Nullable;

/**
 * Where an {@link Emitter} puts its results: the slots of the next segment's ring.
 *
 * <p>Thread: only the thread that received the outlet, during the call that gave it. Never blocks, never allocates.
 *
 * @param <R> the result
 */
public interface Outlet<R> {

    /**
     * Returns a cleared result to fill, or null when the next ring is full. The result claimed before it is complete from
     * then on.
     */
    @Nullable
    R claim();
}
