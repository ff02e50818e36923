package io.ringmain.internal.intake;

import io.ringmain.config.WhenFull;
import io.ringmain.internal.ring.EventWriter;
import org.jspecify.annotations.Nullable;

/**
 * How an input comes into the first ring.
 *
 * <p>Thread: any.
 *
 * @param writer what it writes into
 * @param policy its own; null if it goes by the pipeline's, as others do
 */
public record Way<E>(EventWriter<E> writer, @Nullable WhenFull policy) {

    /** The writer, if it goes by a policy of its own; else null. */
    @Nullable
    public EventWriter<E> own() {
        return policy == null ? null : writer;
    }

    /** Whether what finds no room is dropped at once: no room is kept for it, and none from it. */
    public boolean neverWaits() {
        return policy instanceof WhenFull.DropNewest;
    }
}
