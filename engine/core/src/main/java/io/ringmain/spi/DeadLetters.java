package io.ringmain.spi;

/**
 * Keeps dead letters.
 *
 * <p>Thread: any lane of the pipeline, several at once; {@link #add} must not block. Ownership of the letter passes with a
 * successful {@link #add}.
 */
public interface DeadLetters {

    /** Takes {@code letter}; returns {@code false}, and takes nothing, when there is no room. */
    boolean add(DeadLetter letter);

    /** How many letters are kept. */
    long count();

    /**
     * Whether what is kept outlives the process. Beside checkpoints only such letters count: what they keep is acknowledged, and never read again.
     */
    default boolean isDurable() {
        return false;
    }

    /** About how many bytes of memory they hold, if that is bounded too; else 0. */
    default long bytes() {
        return 0;
    }
}
