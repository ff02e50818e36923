package io.ringmain.spi;

/**
 * Asks something about one event.
 *
 * <p>Thread: the lane's that asks, one call at a time. Ownership: the event may be read during the call, not changed or kept. Errors: an
 * {@link Exception} is the event's failure and goes to the pipeline's {@code WhenFailed}. Must not block or allocate.
 *
 * @param <E> the event
 */
@FunctionalInterface
public interface Condition<E> {

    /** Whether it holds for {@code event}. */
    boolean holds(E event) throws Exception;
}
