package io.ringmain.internal.delivery;

import io.ringmain.config.Batching;
import io.ringmain.spi.EventType;

/**
 * How many bytes the events of a batch have together, where their number is bounded.
 *
 * <p>Thread: the sink lane's.
 *
 * @param <E> the event
 */
final class Weight<E> {

    private final EventType<E> type;
    private final long bytesMax;
    private long bytes;
    private boolean full;

    /** Makes the weight of the batches of {@code batching}. */
    Weight(EventType<E> type, Batching batching) {
        this.type = type;
        bytesMax = batching.bytesMax();
    }

    /** Whether bytes count at all. */
    boolean counts() {
        return bytesMax != Batching.BYTES_UNBOUNDED;
    }

    /** Adds {@code event} if there is room for it, or if it is the {@code first}; returns whether there was. */
    boolean add(E event, boolean first) {
        if (!counts()) {
            return true;
        }
        long more = type.bytes(event);
        if (!first && more > bytesMax - bytes) {
            full = true;
            return false;
        }
        bytes += more;
        full = bytes >= bytesMax;
        return true;
    }

    /** Whether the batch is to be written before anything is added. */
    boolean isFull() {
        return full;
    }

    /** A new batch begins. */
    void clear() {
        bytes = 0;
        full = false;
    }
}
