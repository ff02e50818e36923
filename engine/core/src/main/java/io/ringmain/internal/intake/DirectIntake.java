package io.ringmain.internal.intake;

import static java.util.Objects.requireNonNull;

import io.ringmain.config.WhenFull;
import io.ringmain.internal.edge.Coin;
import io.ringmain.internal.edge.Writers;
import io.ringmain.internal.ring.SharedWriter;
import io.ringmain.internal.ring.Slot;
import io.ringmain.internal.run.Room;
import io.ringmain.spi.BatchFiller;
import io.ringmain.spi.Publication;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes events from the embedder's threads into a shared ring.
 *
 * <p>No event may come behind the end of input, or it would be lost. The flag {@link #closed} is therefore raised before END is
 * claimed, and a publisher looks at it again after its own claim. Claims are compare-and-sets on one word and the flag is
 * volatile, so a publisher that still sees it down has claimed before END; one that sees it up gives its slots away as padding.
 *
 * <p>Thread: any.
 *
 * @param <E> the event
 */
public final class DirectIntake<E> implements Door<E>, Room.FreeSlots {

    private static final BatchFiller<Object, Consumer<Object>> CALL = (event, index, filler) -> filler.accept(event);

    // What a claim that failed returns instead of a sequence.
    private static final long CLOSED = -2;
    private static final long FULL = -3;
    private static final long DROPPED = -4;
    private static final long INTERRUPTED = -5;

    private static final long NO_LIMIT = Long.MAX_VALUE;

    private final SharedWriter<E> writer;
    private final Room room;
    private final LongSupplier clock;
    private final BooleanSupplier onOwnThread;
    private final boolean dropNewest;
    private final long limitNs;
    private final @Nullable Coin coin;
    private final Fillers fillers = new Fillers();
    private final AtomicLong tosses = new AtomicLong();
    private final DoorCounts counts = new DoorCounts();
    private volatile boolean closed;

    /**
     * Makes the intake of a pipeline.
     *
     * @param whenFull which has no waiting room, says what a full ring does to {@code publish}
     * @param onOwnThread whether the caller is on a thread of the pipeline: if that waited for room, nobody might make any
     */
    public DirectIntake(
            SharedWriter<E> writer, Room room, LongSupplier clock, WhenFull whenFull, BooleanSupplier onOwnThread) {
        this.writer = writer;
        this.onOwnThread = onOwnThread;
        this.room = room;
        this.clock = clock;
        dropNewest = whenFull instanceof WhenFull.DropNewest;
        limitNs = whenFull instanceof WhenFull.BlockFor blockFor ? Writers.nanos(blockFor.limit()) : NO_LIMIT;
        coin = whenFull instanceof WhenFull.Sample sample ? new Coin(sample.rate(), sample.seed()) : null;
    }

    @Override
    @SuppressWarnings("unchecked") // CALL passes the event to the filler, which takes any E.
    public Publication publish(Consumer<? super E> filler) {
        return publish(
                1, (BatchFiller<E, Consumer<? super E>>) (BatchFiller<?, ?>) CALL, requireNonNull(filler, "filler"));
    }

    @Override
    public <A> Publication publish(BiConsumer<? super E, ? super A> filler, A argument) {
        requireNonNull(filler, "filler");
        long sequence = claim(1);
        return sequence < 0 ? outcome(sequence) : fill(sequence, filler, argument);
    }

    @Override
    @SuppressWarnings("unchecked") // As in publish.
    public Publication tryPublish(Consumer<? super E> filler) {
        return tryPublish(
                1, (BatchFiller<E, Consumer<? super E>>) (BatchFiller<?, ?>) CALL, requireNonNull(filler, "filler"));
    }

    @Override
    public <A> Publication tryPublish(BiConsumer<? super E, ? super A> filler, A argument) {
        requireNonNull(filler, "filler");
        long sequence = tryClaim(1);
        return sequence < 0 ? outcome(sequence) : fill(sequence, filler, argument);
    }

    @Override
    public <A> Publication publishBatch(int count, BatchFiller<? super E, ? super A> filler, A argument) {
        requireNonNull(filler, "filler");
        checkCount(count);
        return publish(count, filler, argument);
    }

    @Override
    public <A> Publication tryPublishBatch(int count, BatchFiller<? super E, ? super A> filler, A argument) {
        requireNonNull(filler, "filler");
        checkCount(count);
        return tryPublish(count, filler, argument);
    }

    private void checkCount(int count) {
        if (count < 1 || count > writer.bound()) {
            throw new IllegalArgumentException(
                    "count: " + count + " (expected: from 1 to the bound, " + writer.bound() + ')');
        }
    }

    private <A> Publication publish(int count, BatchFiller<? super E, ? super A> filler, A argument) {
        long high = claim(count);
        return high < 0 ? outcome(high) : fill(count, high, filler, argument);
    }

    private <A> Publication tryPublish(int count, BatchFiller<? super E, ? super A> filler, A argument) {
        long high = tryClaim(count);
        return high < 0 ? outcome(high) : fill(count, high, filler, argument);
    }

    /** Claims, waiting if the policy says so; returns the last sequence or what became of the attempt. */
    private long claim(int count) {
        if (closed) {
            return CLOSED;
        }
        if (isLeftOut()) {
            return drop(count, counts.sampled);
        }
        long high = writer.tryClaim(count);
        if (high != SharedWriter.FULL) {
            return confirm(high, count);
        }
        return dropNewest ? drop(count, counts.droppedNewest) : claimWaiting(count);
    }

    /** Whether the sample leaves this call's events out. */
    private boolean isLeftOut() {
        Coin tossed = coin;
        return tossed != null && !tossed.takes(tosses.getAndIncrement());
    }

    private long drop(int count, LongAdder reason) {
        counts.received.add(count);
        reason.add(count);
        return DROPPED;
    }

    private long claimWaiting(int count) {
        if (onOwnThread.getAsBoolean()) {
            counts.refused.add(count);
            return FULL;
        }
        if (fillers.isFilling()) {
            counts.refused.add(count);
            throw new IllegalStateException(
                    "publish: called by a filler, in a full ring (expected: after it); it would wait for its own slot");
        }
        long sinceNs = clock.getAsLong();
        counts.blockedCount.increment();
        long high = SharedWriter.FULL;
        boolean interrupted = false;
        long waitedNs = 0;
        for (int turn = 0; high == SharedWriter.FULL && !closed && !interrupted && waitedNs < limitNs; turn++) {
            interrupted = limitNs == NO_LIMIT
                    ? !room.await(turn, count, this)
                    : !room.awaitUntil(sinceNs + limitNs, turn, count, this);
            high = interrupted ? SharedWriter.FULL : writer.tryClaim(count);
            waitedNs = limitNs == NO_LIMIT ? 0 : clock.getAsLong() - sinceNs;
        }
        counts.blockedNs.add(clock.getAsLong() - sinceNs);
        if (high != SharedWriter.FULL) {
            return confirm(high, count);
        }
        if (closed && !interrupted) {
            return CLOSED;
        }
        counts.refused.add(count);
        return interrupted ? INTERRUPTED : FULL;
    }

    private long tryClaim(int count) {
        if (closed) {
            return CLOSED;
        }
        // Without room no coin is tossed: the caller will come again with the same events.
        if (coin == null || writer.hasRoom(count)) {
            if (isLeftOut()) {
                return drop(count, counts.sampled);
            }
            long high = writer.tryClaim(count);
            if (high != SharedWriter.FULL) {
                return confirm(high, count);
            }
        }
        counts.refused.add(count);
        return FULL;
    }

    /** Keeps the claim only if it surely came before the end of input. */
    private long confirm(long high, int count) {
        if (!closed) {
            return high;
        }
        writer.pad(high - count + 1, high);
        return CLOSED;
    }

    private static Publication outcome(long refusal) {
        if (refusal == DROPPED) {
            return Publication.DROPPED;
        }
        if (refusal == FULL) {
            return Publication.FULL;
        }
        return refusal == INTERRUPTED ? Publication.INTERRUPTED : Publication.CLOSED;
    }

    private <A> Publication fill(long sequence, BiConsumer<? super E, ? super A> filler, A argument) {
        boolean filled = false;
        boolean entered = fillers.enter();
        try {
            filler.accept(writer.event(sequence), argument);
            filled = true;
        } finally {
            fillers.leave(entered);
            settle(sequence, sequence, filled);
        }
        return Publication.PUBLISHED;
    }

    private <A> Publication fill(int count, long high, BatchFiller<? super E, ? super A> filler, A argument) {
        long low = high - count + 1;
        boolean filled = false;
        boolean entered = fillers.enter();
        try {
            for (int i = 0; i < count; i++) {
                filler.fill(writer.event(low + i), i, argument);
            }
            filled = true;
        } finally {
            fillers.leave(entered);
            settle(low, high, filled);
        }
        return Publication.PUBLISHED;
    }

    /** A claimed slot must be published whatever happens, or the ring stands still for ever. */
    private void settle(long low, long high, boolean filled) {
        if (filled) {
            counts.received.add(high - low + 1);
            writer.publish(low, high, clock.getAsLong());
        } else {
            writer.pad(low, high);
        }
    }

    @Override
    public boolean worthTrying(int count) {
        return closed || writer.hasRoom(count);
    }

    @Override
    public void close() {
        closed = true;
        room.wakeAll();
    }

    /** What publishers have counted here. */
    DoorCounts counts() {
        return counts;
    }

    /** Whether publications are refused for ever. */
    boolean isClosed() {
        return closed;
    }

    /** Publishes what is wished of the partitions; returns how many events that were. The supervisor only. */
    public int publish(Controls controls, long nowNs) {
        return controls.publish(writer, nowNs);
    }

    /** Publishes the end of input, of a side ring; returns {@code false} when there was no room. After {@link #close} only, once. */
    boolean end(long nowNs) {
        return writer.control(Slot.END, 0, nowNs);
    }

    /** Publishes the end of input and what must stand before it; returns {@code false} when there was no room. After {@link #close} only, once. */
    public boolean end(Controls controls, long nowNs) {
        return controls.publishLast(writer, nowNs) && writer.control(Slot.END, 0, nowNs);
    }

    /** Where publishers wait, to be woken when slots are settled. */
    public Room room() {
        return room;
    }

    @Override
    public long received() {
        return counts.received();
    }

    @Override
    public void eachDrop(ObjLongConsumer<String> reasons) {
        counts.eachDrop(reasons);
    }

    @Override
    public long refused() {
        return counts.refused();
    }

    @Override
    public long blockedCount() {
        return counts.blockedCount();
    }

    @Override
    public long blockedNs() {
        return counts.blockedNs();
    }
}
