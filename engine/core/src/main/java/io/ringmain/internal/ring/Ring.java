package io.ringmain.internal.ring;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.WaitStrategy;
import io.ringmain.spi.EventType;
import org.jspecify.annotations.Nullable;

/**
 * A pre-allocated ring of one segment: the user's events in the cells of a Disruptor ring, the {@link Columns} beside them.
 *
 * <p>Thread: any thread may read {@link #cursor}; events and columns belong to whoever the sequences say.
 *
 * @param <E> the event
 */
public final class Ring<E> {

    /** Stamps closer together than this share one sample, so that timing costs nothing at full speed. */
    static final long SAMPLE_INTERVAL_NS = 1_000_000;

    private final EventType<E> type;
    private final boolean releases;
    private final int bound;
    private final Columns columns;
    private final RingBuffer<E> buffer;
    private @Nullable LaneProgress settled;

    private Ring(EventType<E> type, int bound, boolean shared, RingBuffer<E> buffer) {
        this.type = type;
        releases = type.releases();
        this.bound = bound;
        this.buffer = buffer;
        int size = buffer.getBufferSize();
        columns = new Columns(size, shared);
    }

    /**
     * Makes a ring that holds at most {@code bound} slots at a time.
     *
     * @param bound from 1 to 2^30; the ring is the next power of two
     * @param shared whether several threads publish
     * @param published called after each publication
     */
    public static <E> Ring<E> of(EventType<E> type, int bound, boolean shared, Runnable published) {
        int size = bound == 1 ? 1 : Integer.highestOneBit(bound - 1) << 1;
        WaitStrategy waiting = new PollingWaitStrategy(published);
        RingBuffer<E> buffer = shared
                ? RingBuffer.createMultiProducer(type::create, size, waiting)
                : RingBuffer.createSingleProducer(type::create, size, waiting);
        return new Ring<>(type, bound, shared, buffer);
    }

    /** Holds publishers back by {@code settled}, the progress of the last lane. Once, before the first publication. */
    public void gateOn(LaneProgress settled) {
        this.settled = settled;
        int spare = buffer.getBufferSize() - bound;
        buffer.addGatingSequences(spare == 0 ? settled.sequence() : new BoundedGate(settled.sequence(), spare));
        // The shared producer begins with a cached gate of its own, which knows nothing of the spare slots: this
        // replaces it.
        buffer.hasAvailableCapacity(buffer.getBufferSize() + 1);
    }

    /** The last sequence whose slot was given back. */
    long released() {
        LaneProgress progress = settled;
        return progress == null ? -1 : progress.acquire();
    }

    /** Returns a poll for what all {@code upstream} lanes have passed, or for what is published if there are none. */
    public RingPoll pollBehind(LaneProgress... upstream) {
        Sequence[] sequences = new Sequence[upstream.length];
        for (int i = 0; i < upstream.length; i++) {
            sequences[i] = upstream[i].sequence();
        }
        return new RingPoll(buffer.newBarrier(sequences), upstream.length == 0);
    }

    /** The event in the slot of {@code sequence}. */
    public E event(long sequence) {
        return buffer.get(sequence);
    }

    /** Lets the events from {@code low} to {@code high}, which have left, let go of what they should not keep. The settling lane only. */
    public void release(long low, long high) {
        if (releases) {
            for (long sequence = low; sequence <= high; sequence++) {
                type.release(event(sequence));
            }
        }
    }

    /** What the slots carry beside the events. */
    public Columns columns() {
        return columns;
    }

    /** How the events are made. */
    public EventType<E> type() {
        return type;
    }

    /** The most slots that are claimed at a time. */
    public int bound() {
        return bound;
    }

    /** How many slots there are, a power of two. */
    public int size() {
        return buffer.getBufferSize();
    }

    /** The highest sequence published, or claimed if several threads publish. */
    public long cursor() {
        return buffer.getCursor();
    }

    /** Counts the data events after {@code low} up to {@code high} that are published. For reports: walks the slots. */
    public long dataBetween(long low, long high) {
        long count = 0;
        for (long sequence = low + 1; sequence <= high; sequence++) {
            if (buffer.isAvailable(sequence) && Slot.kind(columns.mark(sequence)) == Slot.DATA) {
                count++;
            }
        }
        return count;
    }

    RingBuffer<E> buffer() {
        return buffer;
    }
}
