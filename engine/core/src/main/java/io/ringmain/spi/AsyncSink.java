package io.ringmain.spi;

/**
 * Where events go to by requests of which several are under way at a time. How many they may be adapts itself, see
 * {@link io.ringmain.config.InFlight}.
 *
 * <p>Thread: {@link #open} on the thread that starts the pipeline; {@link #write}, {@link #flush}, {@link #kindOf} and {@link #close} on the
 * sink's lane, one call at a time; {@link #abort} from any thread.
 *
 * <p>Ownership: a batch and its events are valid, on any one thread at a time, until its {@link Completion} has been called; who calls it must
 * be done with them.
 *
 * <p>Errors: as of a {@link Sink}; a {@link #write} that throws has failed as if it had said so by its completion. A batch that failed is
 * written again after its pause while those behind it go on, so batches may arrive in another order than that of their events; each
 * event is settled in order nevertheless. A batch for which nobody answers holds its slots, and in the end the pipeline, until the drain
 * deadline: a sink sets a time limit for its requests. An {@link Error} stops the pipeline.
 *
 * @param <E> the event
 */
@FunctionalInterface
public interface AsyncSink<E> {

    /** Begins to write the events of {@code batch} and returns at once; {@code completion} says how it ended, also before this returns. */
    void write(Batch<E> batch, Completion completion) throws Exception;

    /**
     * Makes everything written durable; may block. Called at the end of input and at barriers, when no batch is under way; also once when the
     * pipeline has failed, when some may be.
     */
    default void flush() throws Exception {}

    /** Says what {@code failure} is about, as {@link Sink#kindOf}. */
    default FailureKind kindOf(Exception failure) {
        return FailureKind.of(failure);
    }

    /** Gets ready. A failure here ends the start of the pipeline. */
    default void open() throws Exception {}

    /**
     * Gives back what {@link #open} took. Called once after an {@link #open} that succeeded. After a failure or {@link #abort} batches may still
     * be under way; their events stay as they are, and what their completions say is ignored.
     */
    default void close() throws Exception {}

    /** Makes a blocked call return soon, in whatever way. Called after the drain deadline; afterwards only {@link #close} is called. */
    default void abort() {}
}
