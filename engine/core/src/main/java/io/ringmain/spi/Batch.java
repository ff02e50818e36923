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
     *
     * <p>Together with {@link #source} it tells events apart, also those of sources that joined later and those behind an edge, and it
     * is the same at each attempt: an idempotency key. Where the position is the source's own, as in a file, it is also the same after a
     * restart; a sequence is not, and all results that one event gave an emitter share one. There the key must come from the event.
     */
    long position(int index);

    /** The name of the source of the event at {@code index}; the emitter's name if it is a result. */
    String source(int index);

    /**
     * Says that the sink could not take the event at {@code index}, before {@link Sink#write} returns. The events of which that is not
     * said it took, and is never given again; these it is, in their order, as a smaller batch, or they go where {@code WhenFailed} says. If
     * {@code write} fails after all, what was said does not count. May allocate the first time.
     *
     * @param why the reason; one exception may stand for many events
     */
    void failed(int index, Exception why);
}
