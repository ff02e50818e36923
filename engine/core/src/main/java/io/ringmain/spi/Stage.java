package io.ringmain.spi;

/**
 * Work in place on one event, which may end the event's way: a filter, or a step with a life of its own.
 *
 * <p>Thread: {@link #process} runs on the lane that the stage belongs to, one call at a time; {@link #open} runs before the
 * first event on the thread that starts the pipeline, {@link #close} after the last one. Ownership: the event belongs to the
 * stage until {@link #process} returns; no reference to it may be kept. A call should take less than a millisecond and
 * must not block: what blocks is a {@link Sink}.
 *
 * <p>Errors: an {@link Exception} goes to the pipeline's {@code WhenFailed}, as far as its {@linkplain #kindOf kind} lets it; an {@link Error} stops the pipeline. A stage that
 * is tried again meets the event as its failed attempt left it: either it is idempotent or it is {@link #restoring}.
 *
 * @param <E> the event
 */
@FunctionalInterface
public interface Stage<E> {

    /** Works on {@code event}; returns {@code true} to pass it on and {@code false} to filter it out. */
    boolean process(E event) throws Exception;

    /**
     * Whether each attempt must start from the event as it first reached this stage. The lane then copies every event
     * before the call, which needs a copyable {@link EventType}.
     */
    default boolean restoring() {
        return false;
    }

    /**
     * Says what {@code failure}, which {@link #process} threw, is about: whether it can help to try again, and what if not. Called on the lane, before
     * the pipeline's {@code WhenFailed} is asked. What this throws itself makes the failure a transient one.
     */
    default FailureKind kindOf(Exception failure) {
        return FailureKind.of(failure);
    }

    /** Gets ready. A failure here ends the start of the pipeline. */
    default void open() throws Exception {}

    /** Gives back what {@link #open} took. Called once after an {@link #open} that succeeded, also after a failure. */
    default void close() throws Exception {}
}
