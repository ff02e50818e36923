package io.ringmain.spi;

import static java.util.Objects.requireNonNull;

/**
 * Where events go to.
 *
 * <p>Thread: {@link #open} on the thread that starts the pipeline; {@link #write}, {@link #flush} and {@link #close} on the
 * sink's lane, one call at a time; {@link #abort} from any thread. Ownership: see {@link Batch}.
 *
 * <p>Errors: an {@link Exception} of {@link #write} or {@link #flush} goes to the pipeline's {@code WhenFailed}, as far as its {@linkplain
 * #kindOf kind} lets it, and concerns the whole batch: a sink that is tried again gets the same batch again. A sink that knows which events it
 * could not take names them by {@link Batch#failed} instead: the others are done with, and those named are tried again together unless
 * that can help none of them. One of {@link #wants} concerns that event alone. The engine retries; a
 * sink never does. An {@link Error} stops the pipeline.
 *
 * @param <E> the event
 */
@FunctionalInterface
public interface Sink<E> {

    /**
     * Takes the events of {@code batch}. Returning means that the sink has them, but for those that it named by {@link Batch#failed};
     * not yet that they are durable.
     *
     * <p>An event may come again after an attempt that failed half-way or a restart. {@link Batch#source} and {@link Batch#position} together
     * are the key by which a destination can tell, as far as {@link Batch#position} says.
     */
    void write(Batch<E> batch) throws Exception;

    /** Whether {@link #wants} is to be called. Asked once, while the pipeline is built. */
    default boolean chooses() {
        return false;
    }

    /**
     * Whether the sink is to be given {@code event}; asked on the sink's lane before the event comes into a batch, if the sink
     * {@link #chooses}; of a sink with a ring of its own on the lane that fills that ring, even while {@link #write} runs. What it does not want counts as not wanted for this sink, and is lost for no other. Runs once per event, and once
     * more for each attempt after one that failed; so it must not block, allocate, or change the event.
     */
    default boolean wants(E event) throws Exception {
        return true;
    }

    /** Makes everything written durable. Called at the end of input and at barriers. */
    default void flush() throws Exception {}

    /**
     * Says what {@code failure}, which {@link #write}, {@link #flush} or {@link #wants} threw, is about: whether it can help to try again, and what if not. Called on the lane, before
     * the pipeline's {@code WhenFailed} is asked. What this throws itself makes the failure a transient one.
     */
    default FailureKind kindOf(Exception failure) {
        return FailureKind.of(failure);
    }

    /** Gets ready. A failure here ends the start of the pipeline. */
    default void open() throws Exception {}

    /** Gives back what {@link #open} took. Called once after an {@link #open} that succeeded, also after a failure. */
    default void close() throws Exception {}

    /**
     * Makes a blocked call return soon, in whatever way. Called after the drain deadline; afterwards only {@link #close} is called.
     */
    default void abort() {}

    /**
     * Whether {@link #write} or {@link #flush} may block. Such a sink gets a thread of its own; one that never blocks can
     * share its thread with the stages before it.
     */
    default boolean blocking() {
        return true;
    }

    /** Returns a sink that calls {@code action} for each event on the stages' own thread; so the action must not block. */
    static <E> Sink<E> each(Transform<? super E> action) {
        return new EachSink<>(requireNonNull(action, "action"));
    }
}
