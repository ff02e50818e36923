package io.ringmain.internal.intake;

import static java.util.Objects.requireNonNull;

import io.ringmain.internal.edge.RoomWriter;
import io.ringmain.internal.ring.Slot;
import io.ringmain.internal.run.Signal;
import io.ringmain.spi.BatchFiller;
import io.ringmain.spi.Publication;
import java.io.IOException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes events from the embedder's threads into a waiting room, from which a {@link FeedLane} fills the ring.
 *
 * <p>A lock makes the threads one writer. It is held while one call fills its events and the policy decides about them, or while the
 * lane copies a batch into the ring; nobody ever waits for room. A monitor and not a queue lock, because waiting on a monitor allocates nothing.
 *
 * <p>Thread: any.
 *
 * @param <E> the event
 */
public final class WaitingIntake<E> implements Door<E> {

    private static final BatchFiller<Object, Consumer<Object>> CALL = (event, index, filler) -> filler.accept(event);

    private final Object lock = new Object();
    private final RoomWriter<E> writer;
    private final int countMax;
    private final LongSupplier clock;
    private final Signal arrived;
    private boolean filling;
    private boolean closed;
    private long refused;

    /**
     * Makes the intake of a pipeline.
     *
     * @param countMax how many events one call may publish
     * @param arrived wakes the lane that feeds the ring
     */
    public WaitingIntake(RoomWriter<E> writer, int countMax, LongSupplier clock, Signal arrived) {
        this.writer = writer;
        this.countMax = countMax;
        this.clock = clock;
        this.arrived = arrived;
    }

    @Override
    @SuppressWarnings("unchecked") // CALL passes the event to the filler, which takes any E.
    public Publication publish(Consumer<? super E> filler) {
        var call = (BatchFiller<E, Consumer<? super E>>) (BatchFiller<?, ?>) CALL;
        return put(1, call, requireNonNull(filler, "filler"), false);
    }

    @Override
    public <A> Publication publish(BiConsumer<? super E, ? super A> filler, A argument) {
        return put(requireNonNull(filler, "filler"), argument, false);
    }

    @Override
    @SuppressWarnings("unchecked") // As in publish.
    public Publication tryPublish(Consumer<? super E> filler) {
        var call = (BatchFiller<E, Consumer<? super E>>) (BatchFiller<?, ?>) CALL;
        return put(1, call, requireNonNull(filler, "filler"), true);
    }

    @Override
    public <A> Publication tryPublish(BiConsumer<? super E, ? super A> filler, A argument) {
        return put(requireNonNull(filler, "filler"), argument, true);
    }

    @Override
    public <A> Publication publishBatch(int count, BatchFiller<? super E, ? super A> filler, A argument) {
        checkCount(count);
        return put(count, requireNonNull(filler, "filler"), argument, false);
    }

    @Override
    public <A> Publication tryPublishBatch(int count, BatchFiller<? super E, ? super A> filler, A argument) {
        checkCount(count);
        return put(count, requireNonNull(filler, "filler"), argument, true);
    }

    private void checkCount(int count) {
        if (count < 1 || count > countMax) {
            throw new IllegalArgumentException("count: " + count + " (expected: from 1 to " + countMax
                    + ", the bound or what a ring behind a waiting room holds)");
        }
    }

    private <A> Publication put(BiConsumer<? super E, ? super A> filler, A argument, boolean trying) {
        boolean taken;
        synchronized (lock) {
            Publication refusal = refusal(1, trying);
            if (refusal != null) {
                return refusal;
            }
            filling = true;
            boolean filled = false;
            try {
                filler.accept(claimed(), argument);
                filled = true;
            } finally {
                filled(filled);
            }
            taken = writer.admit(clock.getAsLong()) > 0;
        }
        return told(taken);
    }

    private <A> Publication put(int count, BatchFiller<? super E, ? super A> filler, A argument, boolean trying) {
        boolean taken;
        synchronized (lock) {
            Publication refusal = refusal(count, trying);
            if (refusal != null) {
                return refusal;
            }
            filling = true;
            boolean filled = false;
            try {
                for (int i = 0; i < count; i++) {
                    filler.fill(claimed(), i, argument);
                }
                filled = true;
            } finally {
                filled(filled);
            }
            taken = writer.admit(clock.getAsLong()) > 0;
        }
        return told(taken);
    }

    private @Nullable Publication refusal(int count, boolean trying) {
        if (filling) {
            throw new IllegalStateException(
                    "publish: called by a filler (expected: after it); its event is not complete yet");
        }
        if (closed) {
            return Publication.CLOSED;
        }
        if (trying && writer.free() < count) {
            refused += count;
            return Publication.FULL;
        }
        return null;
    }

    private E claimed() {
        E event = writer.claim(0, writer.lastClaimed() + 1);
        if (event == null) {
            throw new IllegalStateException("A waiting room has no entry for a claim of at most " + countMax + '.');
        }
        return event;
    }

    private void filled(boolean filled) {
        filling = false;
        if (!filled) {
            writer.rollback();
        }
    }

    private Publication told(boolean taken) {
        if (!taken) {
            return Publication.DROPPED;
        }
        arrived.raise();
        return Publication.PUBLISHED;
    }

    /** Moves what waits into the ring; returns how many events that were. The lane that feeds the ring only. */
    int feed(long nowNs) {
        synchronized (lock) {
            return writer.begin(nowNs);
        }
    }

    /** Publishes what is wished of the partitions, behind what waits; returns how many events that were. The lane that feeds the ring only. */
    int publish(Controls controls, long nowNs) {
        synchronized (lock) {
            return closed || writer.controlWaits() ? 0 : controls.publish(writer, nowNs);
        }
    }

    /** When there is something to {@link #publish} although nobody wishes it. The lane that feeds the ring only, right after that. */
    long wakeAtNs(Controls controls) {
        synchronized (lock) {
            // While a control event waits, room for it wakes the lane.
            return closed || writer.controlWaits() ? Long.MAX_VALUE : controls.wakeAtNs();
        }
    }

    /** Publishes the end of input if nothing comes and nothing waits any more. The lane that feeds the ring only. */
    boolean end(Controls controls, long nowNs) {
        synchronized (lock) {
            return closed && controls.publishLast(writer, nowNs) && writer.control(Slot.END, 0, nowNs);
        }
    }

    /** How many events wait. */
    long waiting() {
        synchronized (lock) {
            return writer.waiting();
        }
    }

    /** Opens what the policy needs. */
    public void open() throws IOException {
        synchronized (lock) {
            writer.open();
        }
    }

    /** Gives back what {@link #open} took; after {@link #close}. */
    public void release() {
        synchronized (lock) {
            writer.close();
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        arrived.raise();
    }

    @Override
    public long received() {
        return writer.received();
    }

    @Override
    public void eachDrop(ObjLongConsumer<String> reasons) {
        writer.eachDrop(reasons);
    }

    @Override
    public long refused() {
        synchronized (lock) {
            return refused;
        }
    }

    @Override
    public long blockedCount() {
        return 0;
    }

    @Override
    public long blockedNs() {
        return 0;
    }
}
