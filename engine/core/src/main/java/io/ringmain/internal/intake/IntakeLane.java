package io.ringmain.internal.intake;

import io.ringmain.internal.counters.BlockedTime;
import io.ringmain.internal.ring.EventWriter;
import io.ringmain.internal.ring.Slot;
import io.ringmain.internal.run.Lane;
import io.ringmain.spi.Source.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;

/**
 * Takes events from all sources in turn, as there is room, and publishes them: the one writer of the first ring.
 *
 * <p>Each may fill its share of the room, so none can starve another. Where some cannot wait, a part of the room is
 * kept from those that can: they are slowed first. Sources come and go, see {@link Merge}. When all have ended, or the
 * pipeline drains, the lane publishes the end of input.
 *
 * <p>A source with a policy of its own writes by it into the same ring: so the lane asks each whether there is room for it, also when there
 * is none for the others, and commits for all of them.
 *
 * <p>Thread: one, the lane's, except {@link #stop}.
 *
 * @param <E> the event
 */
public final class IntakeLane<E> extends Lane {

    private static final long IDLE_MIN_NS = 50_000;
    private static final long IDLE_MAX_NS = 10_000_000;

    /** Of so many slots one is kept for sources that cannot wait. */
    private static final int RESERVED_PART = 4;

    private final EventWriter<E> writer;
    private final Merge<E> merge;
    private final List<Inflow> inflows = new ArrayList<>();
    private final List<Inflow> gone = new ArrayList<>();
    private final List<EventWriter<?>> own = new ArrayList<>();
    private final int batchMax;
    private final Exits exits;
    private final Controls controls;
    private final BlockedTime blocked = new BlockedTime("ring_full");
    private final BlockedTime held = new BlockedTime("source_held");
    private final BlockedTime delayed = new BlockedTime("room_reserved");
    private int reserved;
    private volatile boolean stopped;
    private boolean stopSeen;
    private int turn;
    private long idleNs = IDLE_MIN_NS;
    private long wakeAtNs = Long.MAX_VALUE;
    private boolean wished;
    private boolean ending;
    private boolean ended;

    // What became of one round.
    private boolean moved;
    private boolean idle;
    private boolean holding;
    private boolean slowed;
    private boolean full;
    private boolean guestIdle;

    /**
     * How the lane is connected to the others.
     *
     * @param sourceFailed how it reports a failed source
     * @param cut how it ends the lanes behind it if it is halted
     * @param controls what it publishes between the events
     */
    public record Exits(BiConsumer<String, Throwable> sourceFailed, LongConsumer cut, Controls controls) {}

    /** Makes the lane that takes from {@code merge}, and publishes at most {@code batchMax} events at a time. */
    public IntakeLane(EventWriter<E> writer, Merge<E> merge, int batchMax, Exits exits) {
        super("intake");
        this.writer = writer;
        this.merge = merge;
        this.batchMax = batchMax;
        this.exits = exits;
        controls = exits.controls();
    }

    /** The part of the room that is kept for sources that cannot wait; none if all can, or none can, and never all of it. */
    private static int reserved(int freeMax, List<Inflow> inflows) {
        List<Inflow> waiting =
                inflows.stream().filter(inflow -> !inflow.way().neverWaits()).toList();
        long delayable = waiting.stream().filter(Inflow::isDelayable).count();
        return delayable == 0 || delayable == waiting.size() ? 0 : Math.min(freeMax - 1, freeMax / RESERVED_PART + 1);
    }

    @Override
    public int work(long nowNs) {
        int fed = writer.begin(nowNs);
        wakeAtNs = Long.MAX_VALUE;
        // In this order: who came before the stop is then seen.
        boolean stopping = stopped;
        if (merge.roster().isWaiting()) {
            int before = inflows.size();
            merge.roster().takeInto(inflows);
            controls.joined(inflows.subList(before, inflows.size()));
            inflowsChanged();
        }
        for (int i = 0; i < own.size(); i++) {
            own.get(i).begin(nowNs);
        }
        if (stopping && !stopSeen) {
            stopSeen = true;
            inflows.forEach(Inflow::stop);
        }
        ending = ending || mayEnd();
        return fed + (ending ? end(nowNs) : ask(nowNs));
    }

    private void inflowsChanged() {
        reserved = reserved(writer.freeMax(), inflows);
        own.clear();
        for (Inflow inflow : inflows) {
            EventWriter<?> its = inflow.way().own();
            if (its != null) {
                own.add(its);
            }
        }
    }

    /** Whether only those are there that do not keep the input open. */
    private boolean isLeftToGuests() {
        if (merge.staysOpen() || merge.roster().isWaiting()) {
            return false;
        }
        for (int i = 0; i < inflows.size(); i++) {
            if (inflows.get(i).keepsOpen()) {
                return false;
            }
        }
        return true;
    }

    private boolean mayEnd() {
        return inflows.isEmpty()
                && (stopSeen || !merge.staysOpen())
                && merge.roster().closeIfNobodyWaits();
    }

    private int ask(long nowNs) {
        if (!wished && !writer.controlWaits() && controls.publish(writer, nowNs) > 0) {
            // Now it is the turn of the events: else somebody who wishes all the time could keep them out.
            wished = true;
            return 1;
        }
        if (own.isEmpty() && writer.room(batchMax) == 0) {
            blocked.hold(nowNs);
            return 0;
        }
        boolean turnOfEvents = wished;
        wished = false;
        askInTurn();
        if (full && !own.isEmpty()) {
            blocked.hold(nowNs);
        } else {
            blocked.release(nowNs);
        }
        if (slowed) {
            delayed.hold(nowNs);
        } else {
            delayed.release(nowNs);
        }
        int published = commit(nowNs);
        if (!gone.isEmpty()) {
            letGo();
        }
        if (guestIdle && isLeftToGuests()) {
            inflows.forEach(Inflow::stop);
            // They say that they have ended when they are asked again, for which nobody else may wake the lane.
            moved = true;
        }
        if (published > 0 || moved) {
            return moveOn(published, nowNs);
        }
        rest(nowNs);
        // Where it was the turn of the events nobody has looked at what is wished: nobody else may wake the lane for
        // that.
        return turnOfEvents ? 1 : 0;
    }

    private int commit(long nowNs) {
        int published = writer.commit(nowNs);
        for (int i = 0; i < own.size(); i++) {
            published += own.get(i).commit(nowNs);
        }
        return published;
    }

    /** Gives each its share of the room, beginning with another one each time. */
    private void askInTurn() {
        moved = false;
        idle = false;
        holding = false;
        slowed = false;
        full = false;
        guestIdle = false;
        int left = batchMax;
        int count = inflows.size();
        for (int i = 0; i < count && left > 0; i++) {
            Inflow inflow = inflows.get((turn + i) % count);
            EventWriter<?> its = inflow.way().own();
            EventWriter<?> into = its == null ? writer : its;
            int room = into.room(left);
            int max = Math.min(Math.max(1, room / (count - i)), spare(inflow));
            if (room == 0) {
                full = true;
            } else if (max <= 0) {
                slowed = true;
            } else {
                int before = into.claimed();
                note(inflow, fill(inflow, max));
                left -= into.claimed() - before;
            }
        }
        turn = count == 0 ? 0 : (turn + 1) % count;
    }

    /** How many events the source may give without taking room that is kept for others. */
    private int spare(Inflow inflow) {
        return reserved == 0 || !inflow.isDelayable() || inflow.way().neverWaits()
                ? Integer.MAX_VALUE
                : writer.free() - reserved;
    }

    private Status fill(Inflow inflow, int max) {
        try {
            return inflow.fill(max);
        } catch (Throwable failure) {
            // Also an Error: behind a source there is nothing to hold back, so the drain is the same.
            exits.sourceFailed.accept(inflow.name(), failure);
            return Status.END;
        }
    }

    private void note(Inflow inflow, Status status) {
        switch (status) {
            case READY -> moved = true;
            case IDLE -> {
                idle |= !inflow.wakes();
                guestIdle |= !inflow.keepsOpen();
            }
            case HELD -> holding = true;
            case END -> {
                moved = true;
                gone.add(inflow);
            }
        }
    }

    private void letGo() {
        inflows.removeAll(gone);
        inflowsChanged();
        turn = 0;
        gone.forEach(this::close);
        gone.forEach(merge::forget);
        gone.forEach(inflow -> controls.ended(inflow.number()));
        gone.clear();
    }

    private void close(Inflow inflow) {
        try {
            inflow.close();
        } catch (Throwable failure) {
            exits.sourceFailed.accept(inflow.name(), failure);
        }
    }

    private int moveOn(int published, long nowNs) {
        held.release(nowNs);
        idleNs = IDLE_MIN_NS;
        return Math.max(1, published);
    }

    private void rest(long nowNs) {
        wakeAtNs = controls.wakeAtNs();
        if (holding && !idle && !slowed) {
            // The settling lane wakes this one, as it does when the ring is full.
            held.hold(nowNs);
            return;
        }
        held.release(nowNs);
        if (idle || slowed) {
            wakeAtNs = Math.min(wakeAtNs, nowNs + idleNs);
            idleNs = Math.min(2 * idleNs, IDLE_MAX_NS);
        }
    }

    private int end(long nowNs) {
        if (!controls.publishLast(writer, nowNs) || !writer.control(Slot.END, 0, nowNs)) {
            blocked.hold(nowNs);
            return 0;
        }
        blocked.release(nowNs);
        ended = true;
        return 1;
    }

    /** Makes the lane end its input as if all sources had. Any thread. */
    public void stop() {
        merge.closeRoster();
        stopped = true;
    }

    @Override
    public long wakeAtNs() {
        long earliest = Math.min(wakeAtNs, writer.wakeAtNs());
        for (int i = 0; i < own.size(); i++) {
            earliest = Math.min(earliest, own.get(i).wakeAtNs());
        }
        return earliest;
    }

    @Override
    public boolean done() {
        return ended;
    }

    @Override
    public void release() {
        if (!ended) {
            exits.cut.accept(writer.published());
        }
        writer.close();
        merge.closeRoster();
        merge.roster().takeInto(inflows);
        inflows.forEach(this::close);
        inflows.clear();
    }

    /** How long the full ring held the sources back, all of them were held by themselves, and those that can wait had to. */
    public List<BlockedTime> blocked() {
        return List.of(blocked, held, delayed);
    }
}
