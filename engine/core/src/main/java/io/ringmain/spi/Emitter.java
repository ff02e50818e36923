package io.ringmain.spi;

/**
 * A stage that ends a segment: it turns each event into any number of results of another type, which the next segment
 * receives. Aggregates, windows and exploding parsers are emitters.
 *
 * <p>Thread: one lane, one call at a time. Ownership: the event belongs to the emitter during the call only; a result
 * belongs to it from {@link Outlet#claim} until it claims the next one or returns. Blocking is not allowed: when
 * {@link Outlet#claim} returns null the emitter remembers where it stopped and returns {@link Progress#MORE}.
 *
 * <p>Errors: as {@link Stage}. Results claimed in the failed call are taken back; those of earlier calls for the same event
 * (after {@link Progress#MORE}) have left already. An event that failed half-way may be given up: the next call then brings another
 * event, and an emitter that remembers where it stopped begins anew.
 *
 * @param <E> the event taken
 * @param <R> the result given
 */
@FunctionalInterface
public interface Emitter<E, R> {

    /** Takes {@code event} and claims results from {@code outlet}. */
    Progress emit(E event, Outlet<R> outlet) throws Exception;

    /** Gives what is left at the end of input; called again while it returns {@link Progress#MORE}. */
    default Progress finish(Outlet<R> outlet) throws Exception {
        return Progress.DONE;
    }

    /**
     * Says what {@code failure}, which {@link #emit} or {@link #finish} threw, is about: whether it can help to try again, and what if not. Called on the lane, before
     * the pipeline's {@code WhenFailed} is asked. What this throws itself makes the failure a transient one.
     */
    default FailureKind kindOf(Exception failure) {
        return FailureKind.of(failure);
    }

    /** Gets ready; as {@link Stage#open}. */
    default void open() throws Exception {}

    /** Gives back what {@link #open} took; as {@link Stage#close}. */
    default void close() throws Exception {}
}
