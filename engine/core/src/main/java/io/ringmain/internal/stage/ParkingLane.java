package io.ringmain.internal.stage;

import static java.util.Objects.requireNonNull;

import io.ringmain.internal.checkpoint.Saved;
import io.ringmain.internal.counters.BlockedTime;
import io.ringmain.internal.failure.Burial;
import io.ringmain.internal.failure.Decision;
import io.ringmain.internal.ring.EventWriter;
import io.ringmain.internal.ring.LaneCursor;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.ring.Slot;
import io.ringmain.internal.run.StoppedException;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Stage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stage whose failed events are set aside: it ends a segment, because only the one writer of the next ring can put an event there whose slot is
 * gone. Each event is copied into the next ring when the stage has passed it, at once or later.
 *
 * <p>A barrier passes when what is set aside has been saved; the end of input waits until nothing is.
 *
 * <p>Thread: one, the lane's, which is also the one writer of the next ring.
 *
 * @param <E> the event
 */
public final class ParkingLane<E> extends EventLane<E> {

    /** How many of those that are due are tried in one call; the others come with the next one. */
    private static final int DUE_MAX = 64;

    private final Step<E> step;
    private final Stage<? super E> stage;
    private final Parts<E> parts;
    private final EventType<E> type;
    private final EventWriter<E> writer;
    private final ParkingArena<E> arena;
    private final Burial<E> burial;
    private final BlockedTime full = new BlockedTime("outlet_full");
    /** What a restoring stage is given back before another attempt; null if it needs nothing. */
    private final @Nullable E original;

    // The stage has passed the event that the lane stands at, and the next ring had no room.
    private boolean passed;
    private boolean kept;
    private boolean outletFull;
    private boolean ended;

    /**
     * What the lane is made of.
     *
     * @param fate what becomes of events for which there is no place
     * @param next where events go
     * @param burial buries those that are set aside
     * @param stageState where the stage's state goes when a barrier passes; null if it has none
     * @param arenaState where what is set aside goes; null if no checkpoints are kept
     */
    public record Parts<E>(
            Fate<E> fate,
            IntoLane.Next<E> next,
            Burial<E> burial,
            ParkingArena<E> arena,
            @Nullable Saved stageState,
            @Nullable Saved arenaState) {}

    /** Makes the lane of {@code step}, which has a stage. */
    public ParkingLane(LaneCursor cursor, Ring<E> ring, Step<E> step, Parts<E> parts) {
        super(step.name(), cursor, ring, parts.fate());
        this.step = step;
        this.parts = parts;
        stage = requireNonNull(step.stage, "stage");
        type = ring.type();
        writer = parts.next().writer();
        arena = parts.arena();
        burial = parts.burial();
        original = step.restoring() ? type.create() : null;
    }

    @Override
    public int work(long nowNs) throws StoppedException {
        int fed = writer.begin(nowNs);
        outletFull = false;
        int worked = tryDue(nowNs);
        worked += isHeld(nowNs) ? tryToLeave(nowNs) : take(nowNs);
        if (outletFull) {
            full.hold(nowNs);
        } else {
            full.release(nowNs);
        }
        return fed + worked;
    }

    private int tryDue(long nowNs) throws StoppedException {
        int worked = 0;
        try {
            Parked<E> place = arena.due(nowNs);
            while (place != null && worked < DUE_MAX && tryDue(place, nowNs)) {
                worked++;
                place = arena.due(nowNs);
            }
        } finally {
            // Also if one of them ends the lane: those before it have left their places.
            writer.commit(nowNs);
        }
        return worked;
    }

    /** Tries one that is due; returns {@code false} if it must wait for room. */
    private boolean tryDue(Parked<E> place, long nowNs) throws StoppedException {
        if (place.dying != null) {
            return bury(place, place.dying, nowNs);
        }
        if (!place.passed) {
            place.attempts.pausing(nowNs);
            try {
                place.kept = process(place.event);
                place.passed = true;
            } catch (Exception failure) {
                return failedAgain(place, failure, nowNs);
            }
        }
        if (!place.kept) {
            step.filtered.add(1);
            arena.leave(arena.filtered);
            return true;
        }
        if (!give(place.event, place.source, place.position)) {
            return false;
        }
        arena.leave(arena.out);
        return true;
    }

    private boolean failedAgain(Parked<E> place, Exception failure, long nowNs) throws StoppedException {
        step.failed.add(1);
        Decision decision = place.attempts.failed(failure, stage::kindOf, nowNs);
        if (decision == Decision.STOP) {
            throw new StoppedException(step.name(), failure);
        }
        note(failure);
        return switch (decision) {
            case AGAIN, STOP -> {
                arena.again();
                yield true;
            }
            case SKIP -> {
                step.dropped.add(1);
                arena.leave(arena.dropped);
                yield true;
            }
            case BURY -> bury(place, failure, nowNs);
        };
    }

    private boolean bury(Parked<E> place, Exception failure, long nowNs) throws StoppedException {
        place.dying = failure;
        burial.because(failure);
        burial.stands(place.source, place.position, place.ingressNs);
        if (!burial.bury(place.event, step.name(), place.attempts.count(), nowNs)) {
            return false;
        }
        burial.rest();
        step.dead.add(1);
        arena.leave(arena.dead);
        return true;
    }

    /** Takes what is in the ring, up to a control event, a failure that cannot be set aside, or a full next ring. */
    private int take(long nowNs) throws StoppedException {
        long low = cursor.next();
        long high = cursor.poll();
        if (high < low) {
            return cursor.atCut() && !ended ? end(nowNs) : 0;
        }
        long sequence = low;
        int live = 0;
        Exception standing = null;
        try {
            for (; sequence <= high; sequence++) {
                byte mark = columns.mark(sequence);
                if (Slot.kind(mark) != Slot.DATA) {
                    break;
                }
                if (Slot.isLive(mark)) {
                    if (!takeOne(sequence, nowNs)) {
                        break;
                    }
                    live++;
                }
            }
        } catch (StoppedException stop) {
            throw stop;
        } catch (Exception failure) {
            standing = failure;
        } finally {
            writer.commit(nowNs);
            if (sequence > low) {
                pass(sequence - 1, live);
            }
        }
        int worked = (int) (sequence - low);
        if (standing != null) {
            return worked + failed(standing, nowNs);
        }
        boolean atControl = sequence <= high && Slot.kind(columns.mark(sequence)) != Slot.DATA;
        return atControl ? worked + control(sequence, nowNs) : worked;
    }

    /** Returns {@code false} if the next ring is full; throws if the event failed and is not set aside. */
    private boolean takeOne(long sequence, long nowNs) throws Exception {
        if (Slot.isResumed(columns.mark(sequence)) && !step.isFor(columns.resumesAt(sequence))) {
            outletFull = !parts.next().pass(columns, sequence);
            return !outletFull;
        }
        E event = ring.event(sequence);
        if (!passed) {
            try {
                kept = process(event);
            } catch (Exception failure) {
                // Attempts in order have begun: they are gone on with.
                if (attempts.any() || !setAside(sequence, failure, nowNs)) {
                    throw failure;
                }
                return true;
            }
            passed = true;
        }
        if (!kept) {
            columns.mark(sequence, Slot.FILTERED);
            step.filtered.add(1);
        } else if (!give(event, columns.source(sequence), columns.position(sequence))) {
            return false;
        }
        passed = false;
        attempts.reset();
        return true;
    }

    private boolean process(E event) throws Exception {
        if (original == null) {
            return stage.process(event);
        }
        type.copy(event, original);
        boolean isDone = false;
        try {
            boolean keeps = stage.process(event);
            isDone = true;
            return keeps;
        } finally {
            if (!isDone) {
                type.copy(original, event);
            }
        }
    }

    private boolean setAside(long sequence, Exception failure, long nowNs) {
        Parked<E> place = arena.place();
        if (place == null) {
            return false;
        }
        if (place.attempts.failed(failure, stage::kindOf, nowNs) != Decision.AGAIN) {
            place.clear();
            return false;
        }
        step.failed.add(1);
        note(failure);
        type.copy(ring.event(sequence), place.event);
        place.source = columns.source(sequence);
        place.position = columns.position(sequence);
        place.ingressNs = columns.ingressNs(sequence);
        arena.wait(place);
        return true;
    }

    private boolean give(E event, int source, long position) {
        E copy = writer.claim(source, position);
        if (copy == null) {
            outletFull = true;
            return false;
        }
        boolean isCopied = false;
        try {
            type.copy(event, copy);
            isCopied = true;
        } finally {
            if (isCopied) {
                writer.mark();
            } else {
                writer.rollbackLast();
            }
        }
        return true;
    }

    private int control(long sequence, long nowNs) throws StoppedException {
        int kind = Slot.kind(columns.mark(sequence));
        if (kind == Slot.END) {
            return end(nowNs);
        }
        if (kind == Slot.BARRIER && outletFull) {
            // What the stage has passed, and only waits for room, would be given to it once more by a later run.
            return 0;
        }
        if (kind == Slot.BARRIER && parts.arenaState() == null && !arena.isEmpty()) {
            // Nothing keeps what is set aside: a letter among it would be said to be done with.
            return 0;
        }
        if (kind != Slot.PADDING && !writer.control(kind, columns.position(sequence), nowNs)) {
            outletFull = true;
            return 0;
        }
        if (kind == Slot.BARRIER) {
            save(parts.stageState());
            save(parts.arenaState());
        }
        pass(sequence, 0);
        return 1;
    }

    private static void save(@Nullable Saved state) throws StoppedException {
        if (state != null) {
            state.save();
        }
    }

    private int end(long nowNs) {
        if (!arena.isEmpty()) {
            return 0;
        }
        if (!writer.control(Slot.END, 0, nowNs)) {
            outletFull = true;
            return 0;
        }
        if (!cursor.atCut()) {
            pass(cursor.next(), 0);
        }
        ended = true;
        return 1;
    }

    @Override
    Step<E> standingStep() {
        return step;
    }

    /** What the lane has set aside. */
    public ParkingArena<E> arena() {
        return arena;
    }

    @Override
    public long wakeAtNs() {
        long ownNs = Math.min(super.wakeAtNs(), writer.wakeAtNs());
        // While the next ring or the store of letters is full, those wake the lane: what is due would make it spin.
        if (outletFull) {
            return ownNs;
        }
        return Math.min(ownNs, burial.pending() ? burial.askAtNs() : arena.wakeAtNs());
    }

    @Override
    public boolean done() {
        return ended;
    }

    @Override
    public void release() throws Exception {
        if (!ended) {
            parts.next().cut().accept(writer.published());
        }
        writer.close();
        step.close();
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
