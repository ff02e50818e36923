package io.ringmain.spi;

/**
 * Fills the events of a batch, one call per event, on the publishing thread.
 *
 * @param <E> the event
 * @param <A> the argument that the caller passes through
 */
@FunctionalInterface
public interface BatchFiller<E, A> {

    /** Fills {@code event}, the one at {@code index} of the batch, from {@code argument}. Must not keep the event. */
    void fill(E event, int index, A argument);
}
