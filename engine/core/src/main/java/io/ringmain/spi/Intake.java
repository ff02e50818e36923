package io.ringmain.spi;

/**
 * Where a {@link Source} puts its events: the free slots of the first ring.
 *
 * <p>Thread: only the thread that received the intake, during the call of {@link Source#fill} that gave it. Never blocks,
 * never allocates.
 *
 * @param <E> the event
 */
@FunctionalInterface
public interface Intake<E> {

    /**
     * Returns a cleared event to fill. The event claimed before it is complete from then on; the last one is complete when
     * {@link Source#fill} returns, and is taken back when it throws.
     *
     * @param position the source's own idea of where the event came from; positions of one source never go back
     * @return the event; it belongs to the source until the next claim or return
     * @throws IllegalStateException after {@code max} claims in one call of {@link Source#fill}
     */
    E claim(long position);

    /**
     * The number of the last event claimed, for {@link #released}: grows with every claim, not always by one; -1 before the
     * first, and always in an intake that does not keep its events, as hand-made ones in tests.
     */
    default long claimed() {
        return -1;
    }

    /**
     * Up to which number the events have left the ring: no lane reads them any more, and what they refer to may be used again.
     * Grows when the engine is done with events; read it anew in each call of {@link Source#fill}.
     */
    default long released() {
        return -1;
    }
}
