package io.ringmain.internal.ring;

import com.lmax.disruptor.InsufficientCapacityException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The writing side of a ring that several threads publish into: claim, fill, then {@link #publish} or {@link #pad}, always one
 * of them, because a claimed slot that is never published stalls the ring for ever.
 *
 * <p>Thread: any.
 *
 * @param <E> the event
 */
public final class SharedWriter<E> implements ControlWriter {

    /** What {@link #tryClaim} returns when there is no room. */
    public static final long FULL = -1;

    private static final VarHandle SAMPLED;

    static {
        try {
            SAMPLED = MethodHandles.lookup().findVarHandle(SharedWriter.class, "sampledNs", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Ring<E> ring;
    private final Columns columns;

    @SuppressWarnings({"FieldMayBeFinal", "UnusedVariable"}) // Used through the VarHandle.
    private long sampledNs = Long.MIN_VALUE / 2;

    /** Makes a writer of {@code ring}; several share its state in the ring. */
    public SharedWriter(Ring<E> ring) {
        this.ring = ring;
        columns = ring.columns();
    }

    /** Claims {@code count} slots next to one another; returns the last sequence, or {@link #FULL}. */
    public long tryClaim(int count) {
        // The check first: a full ring then costs no exception, not even the pre-allocated one.
        if (!ring.buffer().hasAvailableCapacity(count)) {
            return FULL;
        }
        try {
            return ring.buffer().tryNext(count);
        } catch (InsufficientCapacityException e) {
            return FULL;
        }
    }

    /** Whether {@code count} slots could be claimed now. */
    public boolean hasRoom(int count) {
        return ring.buffer().hasAvailableCapacity(count);
    }

    /** Returns the cleared event of a claimed slot. */
    public E event(long sequence) {
        E event = ring.event(sequence);
        ring.type().clear(event);
        return event;
    }

    /** Publishes the claimed slots as data. */
    public void publish(long low, long high, long nowNs) {
        columns.admit(low, high, nowNs);
        // Two publishers may both take a sample: harmless, and cheaper than a compare-and-set per publication.
        if (nowNs - (long) SAMPLED.getOpaque(this) >= Ring.SAMPLE_INTERVAL_NS) {
            SAMPLED.setOpaque(this, nowNs);
            columns.sample(low, nowNs);
        }
        ring.buffer().publish(low, high);
    }

    /** Publishes the claimed slots as padding, which every lane skips and no account counts. */
    public void pad(long low, long high) {
        columns.pad(low, high);
        ring.buffer().publish(low, high);
    }

    /** Publishes a control event; returns {@code false}, and does nothing, when the ring is full. */
    @Override
    public boolean control(int kind, long value, long nowNs) {
        long sequence = tryClaim(1);
        if (sequence == FULL) {
            return false;
        }
        columns.control(sequence, kind, value, nowNs);
        ring.buffer().publish(sequence);
        return true;
    }

    /** The bound of the ring. */
    public int bound() {
        return ring.bound();
    }
}
