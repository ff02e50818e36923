package io.ringmain.internal.stage;

import io.ringmain.internal.checkpoint.Saved;
import io.ringmain.internal.counters.BlockedTime;
import io.ringmain.internal.counters.Counter;
import io.ringmain.internal.ring.Columns;
import io.ringmain.internal.ring.EventWriter;
import io.ringmain.internal.ring.LaneCursor;
import io.ringmain.internal.ring.Onward;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.ring.RouteColumn;
import io.ringmain.internal.ring.Slot;
import io.ringmain.internal.run.StoppedException;
import io.ringmain.spi.DeadLetters;
import io.ringmain.spi.Emitter;
import io.ringmain.spi.FailureKind;
import io.ringmain.spi.Outlet;
import io.ringmain.spi.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Ends a segment: gives each event to an emitter and publishes its results, and each control event, into the next ring.
 *
 * <p>Results are published once per batch. An emitter that failed has its results of that call taken back, those of the events
 * before it are published first, and order is kept. When the next ring is full the lane stands where it is.
 *
 * <p>Thread: one, the lane's, which is also the one writer of the next ring.
 *
 * @param <E> the event taken
 * @param <R> the result given
 */
public final class IntoLane<E, R> extends EventLane<E> {

    private final Step<E> step;
    private final Emitter<? super E, R> emitter;
    /** The emitter, if it may owe results; else null. */
    private final @Nullable SlotEmitter<? super E, R> slots;

    private final boolean ticked;
    private final EventWriter<R> writer;
    private final LongConsumer cutNext;
    private final Outlet<R> outlet = this::claim;
    private final BlockedTime full = new BlockedTime("outlet_full");
    private final boolean edge;
    private final Next<R> next;
    private final @Nullable Saved saved;
    private final @Nullable RouteColumn lateRoutes;
    private final Counter late = new Counter();
    private long at;
    private boolean outletFull;
    private long metAt = -1;
    private boolean paying;
    private boolean ended;
    private boolean sampled;
    private long sampledNs;

    /**
     * Where the results go.
     *
     * @param writer the writer of the next ring
     * @param cut how to end the lanes behind it if this lane cannot
     * @param edge whether the results are the events themselves, which keep their source and position
     * @param onward how events go on there that came back; null if none can
     */
    public record Next<R>(
            EventWriter<R> writer,
            LongConsumer cut,
            boolean edge,
            @Nullable Onward<R> onward) {

        /** The number, in a segment of results, of the source of letters that came back. */
        public static final int LETTERS = 1;

        /**
         * Lets an event pass that is not for this segment's last lane; returns {@code false} if there is no room.
         *
         * @throws StoppedException if it cannot be copied into the next ring: its letter is open still, whereas one of its slot would be a letter of nothing
         */
        boolean pass(Columns columns, long sequence) throws StoppedException {
            try {
                return onward == null
                        || onward.pass(
                                edge ? columns.source(sequence) : LETTERS,
                                columns.position(sequence),
                                columns.resumesAt(sequence));
            } catch (RuntimeException broken) {
                throw new StoppedException(DeadLetters.SOURCE, broken);
            }
        }
    }

    /** Makes the lane of {@code emitter}, known to reports as {@code step}. */
    public IntoLane(LaneCursor cursor, Ring<E> ring, Step<E> step, Emitter<? super E, R> emitter, Into<E, R> into) {
        super(step.name(), cursor, ring, into.fate());
        this.step = step;
        this.emitter = emitter;
        slots = emitter instanceof SlotEmitter<? super E, R> its ? its : null;
        ticked = emitter.tickNs() > 0;
        writer = into.next().writer();
        cutNext = into.next().cut();
        edge = into.next().edge();
        next = into.next();
        saved = into.saved();
        lateRoutes = into.lateRoutes();
    }

    /**
     * What the lane is connected to.
     *
     * @param saved where the emitter's state goes when a barrier passes; null if it has none
     * @param lateRoutes where events that came too late are marked, for the sinks behind; null if there is none, and they are dropped
     */
    public record Into<E, R>(
            Fate<E> fate,
            Next<R> next,
            @Nullable Saved saved,
            @Nullable RouteColumn lateRoutes) {}

    private @Nullable R claim() {
        // A result has the place, in this segment, of the event that gave it; its own number where that is chance.
        R result = edge
                ? writer.claim(columns.source(at), columns.position(at))
                : writer.claim(0, slots == null ? at : writer.lastClaimed() + 1);
        outletFull = outletFull || result == null;
        return result;
    }

    @Override
    public int work(long nowNs) throws StoppedException {
        int fed = writer.begin(nowNs);
        return fed + give(nowNs);
    }

    private int give(long nowNs) throws StoppedException {
        if (sampled) {
            step.service.record(nowNs - sampledNs);
            sampled = false;
        }
        if (isHeld(nowNs)) {
            return tryToLeave(nowNs);
        }
        if (paying) {
            return payBack(nowNs);
        }
        long low = cursor.next();
        long high = cursor.poll();
        if (high < low) {
            return restOrEnd(low, nowNs);
        }
        if (Slot.isLiveSample(columns.mark(low))) {
            step.waited.record(nowNs - columns.handedNs(low));
            sampled = true;
            sampledNs = nowNs;
            high = low;
        }
        outletFull = false;
        int worked = take(low, high, nowNs);
        noteFull(nowNs);
        return worked;
    }

    /** No slot is there: gives what is owed, or ends where the lane was cut off. */
    private int restOrEnd(long next, long nowNs) throws StoppedException {
        int worked = 0;
        if (cursor.atCut()) {
            worked = ended ? 0 : control(next, Slot.END, nowNs);
            noteFull(nowNs);
        } else if (owes()) {
            worked = payBack(nowNs);
            noteFull(nowNs);
        }
        return worked;
    }

    private void noteFull(long nowNs) {
        if (outletFull) {
            full.hold(nowNs);
        } else {
            full.release(nowNs);
        }
    }

    private int take(long low, long high, long nowNs) throws StoppedException {
        long sequence = low;
        int live = 0;
        int more = 0;
        try {
            for (; sequence <= high; sequence++) {
                byte mark = columns.mark(sequence);
                if (mark != 0 && stopsAt(mark, sequence == low)) {
                    break;
                }
                if (Slot.isLive(mark)) {
                    if (Slot.isResumed(mark) && !step.isFor(columns.resumesAt(sequence))) {
                        if (!next.pass(columns, sequence)) {
                            outletFull = true;
                            break;
                        }
                        live++;
                        continue;
                    }
                    at = sequence;
                    boolean done = emit(sequence) == Progress.DONE;
                    writer.mark();
                    if (!done) {
                        more = outletFull ? 0 : 1;
                        break;
                    }
                    attempts.reset();
                    noteLate(sequence);
                    live++;
                }
            }
        } catch (StoppedException | Error stop) {
            writer.rollback();
            publish(low, sequence, live, nowNs);
            throw stop;
        } catch (Exception failure) {
            writer.rollback();
            int published = publish(low, sequence, live, nowNs);
            return published + failed(failure, nowNs);
        }
        int worked = publish(low, sequence, live, nowNs) + more;
        int kind = sequence <= high ? Slot.kind(columns.mark(sequence)) : Slot.DATA;
        if (kind != Slot.DATA) {
            return worked + control(sequence, kind, nowNs);
        }
        return outletFull || attempts.any() || !owes() ? worked : worked + payBack(nowNs);
    }

    private Progress emit(long sequence) throws Exception {
        E event = ring.event(sequence);
        if (slots == null) {
            return emitter.emit(event, outlet);
        }
        slots.standAt(sequence);
        return slots.emit(event, columns.source(sequence), outlet);
    }

    /** An event that nothing was done with goes to the sinks that are for such, or is dropped. */
    private void noteLate(long sequence) {
        if (slots == null) {
            return;
        }
        boolean wasLate = slots.wasLate();
        if (lateRoutes != null) {
            lateRoutes.choose(sequence, wasLate ? RouteColumn.LATE : RouteColumn.NONE);
        } else if (wasLate) {
            columns.mark(sequence, Slot.DROPPED);
        }
        if (wasLate) {
            late.add(1);
        }
    }

    /** How many events came too late for the emitter. Any thread. */
    public long late() {
        return late.value();
    }

    /** How many of them were dropped. Any thread. */
    public long lateDropped() {
        return lateRoutes == null ? late.value() : 0;
    }

    /** Whether the batch must end before a slot so marked: a control event, or an event to be timed alone. */
    private static boolean stopsAt(byte mark, boolean first) {
        return Slot.kind(mark) != Slot.DATA || (Slot.isLiveSample(mark) && !first);
    }

    /** Publishes the results and passes on what is before {@code next}; results first, so that none can be missed. */
    private int publish(long low, long next, int live, long nowNs) {
        int published = writer.commit(nowNs);
        if (next > low) {
            pass(next - 1, live);
        }
        return published + (int) (next - low);
    }

    /** Lets the emitter meet a control event, then passes it on; returns how much it did. */
    private int control(long sequence, int kind, long nowNs) throws StoppedException {
        int worked = 0;
        if (metAt != sequence || owes()) {
            worked = ask(sequence, kind, nowNs);
            if (metAt != sequence || owes()) {
                return worked;
            }
        }
        if (goesOn(kind) && !writer.control(kind, kind == Slot.END ? 0 : columns.position(sequence), nowNs)) {
            outletFull = true;
            return worked;
        }
        if (kind == Slot.BARRIER && saved != null) {
            // The barrier may be ahead in the next segment: this one has passed it only when the lane has.
            saved.save();
        }
        if (!cursor.atCut()) {
            pass(sequence, 0);
        }
        ended = kind == Slot.END;
        return worked + 1;
    }

    /** Whether a control event means something behind the next ring: of sources one knows only as long as the events are their own. */
    private boolean goesOn(int kind) {
        return kind != Slot.PADDING && (kind != Slot.WATERMARK || edge);
    }

    /**
     * Asks the emitter for what it owes, or else lets it meet the control event of that kind at {@code sequence}, once; returns how much was done. What an emitter owes when the event goes on would
     * stand behind it by chance.
     */
    private int ask(long sequence, int kind, long nowNs) throws StoppedException {
        outletFull = false;
        at = sequence;
        try {
            if (owes()) {
                proceed();
            } else if (meet(sequence, kind) == Progress.DONE) {
                metAt = sequence;
            }
            writer.mark();
        } catch (Exception failure) {
            writer.rollback();
            return askedInVain(failure, nowNs);
        }
        attempts.reset();
        return writer.commit(nowNs) + (outletFull ? 0 : 1);
    }

    private Progress meet(long sequence, int kind) throws Exception {
        if (slots != null) {
            slots.standAt(sequence);
            if (cursor.atCut()) {
                slots.breakOff();
            }
        }
        if (kind == Slot.END) {
            return emitter.finish(outlet);
        }
        if (kind == Slot.TICK && ticked) {
            return emitter.tick(columns.position(sequence), outlet);
        }
        return kind == Slot.WATERMARK && slots != null
                ? slots.sourceEnded((int) columns.position(sequence), outlet)
                : Progress.DONE;
    }

    private boolean owes() {
        return slots != null && slots.isBehind();
    }

    private void proceed() throws Exception {
        if (slots != null) {
            slots.proceed(outlet);
        }
    }

    /** Lets the emitter give some of what it owes while no event needs it; returns how much it did. */
    private int payBack(long nowNs) throws StoppedException {
        outletFull = false;
        // Also while it stands there for another attempt: an event between two of them would make it forget how many
        // there were.
        paying = true;
        try {
            proceed();
            writer.mark();
        } catch (Exception failure) {
            writer.rollback();
            return askedInVain(failure, nowNs);
        }
        paying = false;
        attempts.reset();
        return writer.commit(nowNs) + (outletFull ? 0 : 1);
    }

    private int askedInVain(Exception failure, long nowNs) throws StoppedException {
        step.failed.add(1);
        return switch (attempts.failed(failure, this::kindOf, nowNs)) {
            case AGAIN -> {
                note(failure);
                yield 0;
            }
            // What is about no event can be neither skipped nor kept as a letter.
            case SKIP, BURY, STOP -> throw new StoppedException(step.name(), failure);
        };
    }

    @Override
    FailureKind kindOf(Exception failure) {
        return emitter.kindOf(failure);
    }

    @Override
    Step<E> standingStep() {
        return step;
    }

    @Override
    public long wakeAtNs() {
        return Math.min(super.wakeAtNs(), writer.wakeAtNs());
    }

    @Override
    public boolean done() {
        return ended;
    }

    @Override
    public void release() throws Exception {
        if (!ended) {
            cutNext.accept(writer.published());
        }
        writer.close();
        emitter.close();
    }

    @Override
    public List<Step<E>> steps() {
        return List.of(step);
    }

    @Override
    public List<BlockedTime> blocked() {
        List<BlockedTime> blocked = new ArrayList<>(super.blocked());
        blocked.add(full);
        return blocked;
    }
}
