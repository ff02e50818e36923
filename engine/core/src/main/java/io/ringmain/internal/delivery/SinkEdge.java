package io.ringmain.internal.delivery;

import io.ringmain.internal.counters.BlockedTime;
import io.ringmain.internal.ring.Columns;
import io.ringmain.internal.ring.EventWriter;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.ring.Slot;
import java.util.function.LongConsumer;

/**
 * The way to a sink that stands behind a ring of its own: copies into that ring what the sink wants, and passes control events on.
 *
 * <p>Its lane looks only at as many slots as the ring has room for, so what it has gathered can always be given; when there is no room the
 * lane stands where it is, until the ring's settling lane wakes it.
 *
 * <p>Thread: the lane's, which is also the one writer of the ring.
 *
 * @param <E> the event
 */
public final class SinkEdge<E> {

    private final Ring<E> from;
    private final Columns columns;
    private final EventWriter<E> writer;
    private final LongConsumer cut;
    private final BlockedTime full = new BlockedTime("edge_full");
    private boolean ended;

    /**
     * Makes the way from {@code from} into the ring of {@code writer}.
     *
     * @param cut how to end the lanes behind it if its own lane cannot
     */
    public SinkEdge(Ring<E> from, EventWriter<E> writer, LongConsumer cut) {
        this.from = from;
        columns = from.columns();
        this.writer = writer;
        this.cut = cut;
    }

    /** A call of the lane begins; returns how many events went on from where they wait before the ring. */
    int begin(long nowNs) {
        return writer.begin(nowNs);
    }

    /** Whether what was given stands before everything else until there is room on a disk. */
    boolean holds(long nowNs) {
        boolean holds = writer.holds();
        if (holds) {
            full.hold(nowNs);
        }
        return holds;
    }

    /** When the lane must be called although nothing happened. */
    long wakeAtNs() {
        return writer.wakeAtNs();
    }

    /** How many more events than the {@code gathered} ones could be given now, at most {@code wanted}. */
    int room(int gathered, int wanted) {
        return Math.max(0, writer.room(gathered + wanted) - gathered);
    }

    /** Notes whether the lane stands because there is no room. */
    void note(boolean held, long nowNs) {
        if (held) {
            full.hold(nowNs);
        } else {
            full.release(nowNs);
        }
    }

    /** Copies the events of {@code batch} and publishes the copies; all of them or, if that fails, none. */
    void write(SlotBatch<E> batch, long nowNs) {
        boolean copied = false;
        try {
            for (int i = 0; i < batch.size(); i++) {
                copy(batch.sequence(i));
            }
            copied = true;
        } finally {
            if (!copied) {
                writer.rollback();
            }
        }
        writer.commit(nowNs);
    }

    private void copy(long sequence) {
        E copy = writer.claim(columns.source(sequence), columns.position(sequence));
        if (copy == null) {
            throw new IllegalStateException("The lane gathered more events than there was room for.");
        }
        from.type().copy(from.event(sequence), copy);
    }

    /** Passes the control event at {@code sequence} on; returns {@code false} when the ring is full. */
    boolean control(long sequence, long nowNs) {
        int kind = Slot.kind(columns.mark(sequence));
        if (kind == Slot.END) {
            return end(nowNs);
        }
        boolean passed = writer.control(kind, columns.position(sequence), nowNs);
        note(!passed, nowNs);
        return passed;
    }

    /** Passes the end on; returns {@code false} when the ring is full. */
    boolean end(long nowNs) {
        ended = ended || writer.control(Slot.END, 0, nowNs);
        note(!ended, nowNs);
        return ended;
    }

    /** Ends the lanes behind it if the end could not be passed on. */
    void close() {
        if (!ended) {
            cut.accept(writer.published());
        }
        writer.close();
    }

    /** How long a full ring held the lane back. */
    BlockedTime full() {
        return full;
    }
}
