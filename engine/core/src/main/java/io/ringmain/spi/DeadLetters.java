package io.ringmain.spi;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps dead letters.
 *
 * <p>Thread: {@link #open} and {@link #close} the one that starts and ends the pipeline, {@link #flush} its supervisor's, {@link #add} any lane, several at once; the counts any. A
 * store serves one pipeline at a time.
 */
public interface DeadLetters {

    /** The source that events have which come back from letters: {@value}. Their position is the letter's number. */
    String SOURCE = "dead_letters";

    /**
     * Takes a letter of {@code failed}, which belongs to the caller; returns {@code false}, and takes nothing, when there is no room now. Must not block.
     */
    boolean add(FailedEvent<?> failed);

    /** How many letters are kept. */
    long count();

    /**
     * Whether what is kept outlives the process. Beside checkpoints only such letters count: what they keep is acknowledged, and never read again.
     */
    default boolean isDurable() {
        return false;
    }

    /** Whether it can keep events of {@code type}. Asked once per type, while the pipeline is built, which is refused if one that may fail cannot be kept. */
    default boolean keeps(EventType<?> type) {
        return true;
    }

    /** About how many bytes of memory they hold, if that is bounded too; else 0. */
    default long bytes() {
        return 0;
    }

    /** Gets ready. A failure here ends the start of the pipeline. */
    default void open() throws Exception {}

    /**
     * Returns when all that was taken is as safe as it will be. Called before a checkpoint that covers the events is stored, and at the end; may block.
     *
     * @throws IOException if that cannot be done: the checkpoint is then not stored
     */
    default void flush() throws IOException {}

    /**
     * Gives back what {@link #open} took; once, after the last {@link #add} of a lane that ended. One that was abandoned may still add: that must throw then, since
     * nobody waits for it to be safe.
     */
    default void close() throws Exception {}

    /** Where letters come from that are to be tried again; null if this store gives none back. Always the same; asked while the pipeline is built. */
    default @Nullable LetterSource retries() {
        return null;
    }

    /**
     * Returns this store, of which {@code listener} is told each letter that it takes: on the lane that failed, before {@link #add} returns. It must neither block nor throw.
     * What is returned serves in place of this store, not beside it.
     */
    default DeadLetters telling(Consumer<? super FailedEvent<?>> listener) {
        return new ToldLetters(this, listener);
    }
}
