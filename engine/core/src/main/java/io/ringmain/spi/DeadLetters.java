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

    /** About how many bytes of memory they hold, if that is bounded too; else 0. */
    default long bytes() {
        return 0;
    }
}
