package io.ringmain.internal.stage;

import io.ringmain.spi.FailureKind;

/**
 * A stage of the engine's own that may let an event wait where it is.
 *
 * <p>Thread: the lane's. It neither waits nor reads a clock: it says when to ask again.
 *
 * @param <E> the event
 */
interface PatientStage<E> {

    /** What is to become of the event now. */
    enum Answer {
        /** It goes on. */
        PASS,
        /** It is filtered out. */
        FILTER,
        /** It stays, and is asked about again at {@link #wakeAtNs}, or earlier. */
        WAIT
    }

    /** Opens it. */
    default void open() throws Exception {}

    /** Works on the event, or goes on with it. */
    Answer process(E event, long nowNs) throws Exception;

    /** What is to be done about what {@link #process} threw last. */
    default FailureKind kindOf(Exception failure) {
        return FailureKind.of(failure);
    }

    /** When to ask again after {@link Answer#WAIT}; {@link Long#MAX_VALUE} if somebody will wake the lane. */
    long wakeAtNs();

    /** Why events wait here: a constant code. */
    String why();

    /** Closes it. */
    default void close() throws Exception {}
}
