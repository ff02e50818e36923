package io.ringmain.spi;

import org.jspecify.annotations.Nullable;

/**
 * Where letters go back into a pipeline: to the stage or sink at which they failed. What stands before it does not see them again; a letter of a sink is for that sink alone.
 *
 * <p>Thread: the intake thread, during the call of {@link LetterSource#fill} that gave it.
 */
public interface Reentry {

    /** The type of the events that the stage or sink called {@code name} takes; null if there is none of that name to which letters can go back. */
    @Nullable
    EventType<?> typeAt(String name);

    /**
     * Returns a cleared event to fill, of the {@linkplain #typeAt type} at {@code name}, which goes on there. It is complete with the next claim, or when {@link LetterSource#fill}
     * returns.
     *
     * @param id the letter's number: the event's position, and its idempotency key
     * @throws IllegalStateException after {@code max} claims in one call, or if there is no such stage or sink
     */
    Object claim(String name, long id);
}
