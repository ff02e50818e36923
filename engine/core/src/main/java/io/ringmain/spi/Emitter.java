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

    /**
     * How often the emitter wants to be told what time it is, in nanoseconds; 0, if not said, is never. A wish: it is told less often while the pipeline is held back, never more often than a thousand
     * times a second for its own sake, and more often where another emitter wants that. Asked while the pipeline is built; always the same.
     */
    default long tickNs() {
        return 0;
    }

    /**
     * Takes note that the time is {@code timeNs}, and claims what is due; called again with the same time while it returns {@link Progress#MORE}. Never called if {@link #tickNs} is 0.
     *
     * <p>This is the only time that an emitter may go by: a tick is an event of the pipeline, which stands between two others in its ring, and which a replay gives again in the same place with the same
     * time. The first one comes before the first event of a source, though threads that publish can be ahead of it. Between two ticks the time of the events is that of the earlier one, or a little more.
     *
     * <p>Errors: as {@link #finish}; a tick is neither skipped nor kept as a letter.
     *
     * @param timeNs nanoseconds since the epoch on the wall clock of the machine that ran the pipeline first, as of when the tick entered the pipeline. Within a run it never goes back,
     *     and does not jump when the clock is set; another run, which goes on from a checkpoint, may begin with an earlier time
     */
    default Progress tick(long timeNs, Outlet<R> outlet) throws Exception {
        return Progress.DONE;
    }

    /** Gives what is left at the end of input; called again while it returns {@link Progress#MORE}. */
    default Progress finish(Outlet<R> outlet) throws Exception {
        return Progress.DONE;
    }

    /**
     * Says what {@code failure}, which {@link #emit}, {@link #tick} or {@link #finish} threw, is about: whether it can help to try again, and what if not. Called on the lane, before
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
