package io.ringmain.spi;

/**
 * Events for a sink, in order, still in their slots.
 *
 * <p>Thread and ownership: valid on the sink's thread until {@link Sink#write} returns. The events may be read, not changed;
 * whoever needs them later copies them. Never allocates.
 *
 * @param <E> the event
 */
public interface Batch<E> {

    /** How many events there are, at least 1. */
    int size();

    /** The event at {@code index}, from 0 to {@link #size} - 1. */
    E event(int index);

    /**
     * The position that the source gave to the event at {@code index}; its sequence in the ring into which it was published, or that of
     * the event that gave it if it is a result of an emitter.
     */
    long position(int index);

    /** The name of the source of the event at {@code index}; the emitter's name if it is a result. */
    String source(int index);
}
