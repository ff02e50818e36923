package io.ringmain.spi;

import java.io.IOException;

/**
 * Gives the blocks of one run that a {@link Journal} has kept, in order.
 *
 * <p>Thread: one at a time; in a replay {@link #head} the one that builds the pipeline, {@link #next} the intake's, which must not wait for what is not there yet.
 */
public interface JournalReader extends AutoCloseable {

    /** What was known of the run when it began. */
    JournalHead head();

    /**
     * Puts the next block into {@code block}; returns {@code false} at the end.
     *
     * @throws IOException if the next one is damaged, or cannot be read
     */
    boolean next(JournalBlock block) throws IOException;

    /** Gives back what it holds. */
    @Override
    void close() throws IOException;
}
