package io.ringmain.internal.intake;

import io.ringmain.internal.counters.BlockedTime;
import io.ringmain.internal.ring.EventWriter;
import io.ringmain.internal.ring.Slot;
import io.ringmain.internal.run.Lane;
import io.ringmain.spi.Source.Status;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;

/**
 * Asks the pollable sources for events when there is room, and publishes them: the one writer of the first ring.
 *
 * <p>The sources take turns, and each may fill its share of the room, so none can starve another. Where some cannot wait, a part of the room is
 * kept from those that can: they are slowed first. When all have ended, or the
 * pipeline drains, the lane publishes the end of input.
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
    private final List<SourceIntake<E>> sources;
    private final int batchMax;
    private final Exits exits;
    private final LaneWishes wishes;
    private final BlockedTime blocked = new BlockedTime("ring_full");
    private final BlockedTime held = new BlockedTime("source_held");
    private final BlockedTime delayed = new BlockedTime("room_reserved");
    private final int reserved;
    private volatile boolean stopped;
    private int turn;
    private long idleNs = IDLE_MIN_NS;
    private long wakeAtNs = Long.MAX_VALUE;
    private boolean wished;
    private boolean ended;

    /**
     * How the lane is connected to the others.
     *
     * @param sourceFailed how it reports a failed source
     * @param cut how it ends the lanes behind it if it is halted
     * @param wishes what it publishes for the partitions
     */
    public record Exits(BiConsumer<String, Throwable> sourceFailed, LongConsumer cut, LaneWishes wishes) {}

    /** Makes the lane of {@code sources}, at least one, that publishes at most {@code batchMax} events at a time. */
    public IntakeLane(EventWriter<E> writer, List<SourceIntake<E>> sources, int batchMax, Exits exits) {
        super("intake");
        this.writer = writer;
        this.sources = sources;
        this.batchMax = batchMax;
        this.exits = exits;
        wishes = exits.wishes();
        reserved = reserved(writer.freeMax(), sources);
    }

    /** The part of the room that is kept for sources that cannot wait; none if all can, or none can, and never all of it. */
    private static int reserved(int freeMax, List<? extends SourceIntake<?>> sources) {
        long delayable = sources.stream().filter(SourceIntake::isDelayable).count();
        return delayable == 0 || delayable == sources.size() ? 0 : Math.min(freeMax - 1, freeMax / RESERVED_PART + 1);
    }

    @Override
    public int work(long nowNs) {
        int fed = writer.begin(nowNs);
        wakeAtNs = Long.MAX_VALUE;
        return fed + (stopped || open() == 0 ? end(nowNs) : ask(nowNs));
    }

    private int ask(long nowNs) {
        if (!wished && !writer.controlWaits() && wishes.publish(writer, nowNs) > 0) {
            // Now it is the turn of the events: else somebody who wishes all the time could keep them out.
            wished = true;
            return 1;
        }
        int room = writer.room(batchMax);
        if (room == 0) {
            blocked.hold(nowNs);
            return 0;
        }
        blocked.release(nowNs);
        wished = false;
        boolean idle = true;
        boolean allHeld = true;
        boolean slowed = false;
        int open = open();
        for (int i = 0; i < sources.size() && room > 0; i++) {
            SourceIntake<E> source = sources.get((turn + i) % sources.size());
            if (source.isOpen()) {
                int max = Math.min(Math.max(1, room / open), spare(source));
                open--;
                if (max <= 0) {
                    slowed = true;
                    allHeld = false;
                } else {
                    Status status = fill(source, max);
                    idle &= status == Status.IDLE || status == Status.HELD;
                    allHeld &= status == Status.HELD;
                    room = writer.room(batchMax - Math.min(batchMax, writer.claimed()));
                }
            }
        }
        if (slowed) {
            delayed.hold(nowNs);
        } else {
            delayed.release(nowNs);
        }
        turn = (turn + 1) % sources.size();
        int published = writer.commit(nowNs);
        if (allHeld && published == 0) {
            // The settling lane wakes this one, as it does when the ring is full.
            held.hold(nowNs);
            return 0;
        }
        held.release(nowNs);
        if (idle && published == 0) {
            wakeAtNs = nowNs + idleNs;
            idleNs = Math.min(2 * idleNs, IDLE_MAX_NS);
            return 0;
        }
        idleNs = IDLE_MIN_NS;
        return Math.max(1, published);
    }

    /** How many events the source may give without taking room that is kept for others. */
    private int spare(SourceIntake<E> source) {
        return reserved == 0 || !source.isDelayable() ? Integer.MAX_VALUE : writer.free() - reserved;
    }

    private Status fill(SourceIntake<E> source, int max) {
        try {
            return source.fill(max);
        } catch (Throwable failure) {
            // Also an Error: behind a source there is nothing to hold back, so the drain is the same.
            exits.sourceFailed.accept(source.name(), failure);
            return Status.END;
        }
    }

    private int open() {
        int open = 0;
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).isOpen()) {
                open++;
            }
        }
        return open;
    }

    private int end(long nowNs) {
        if (!writer.control(Slot.END, 0, nowNs)) {
            blocked.hold(nowNs);
            return 0;
        }
        blocked.release(nowNs);
        ended = true;
        return 1;
    }

    /** Makes the lane end its input as if all sources had. Any thread. */
    public void stop() {
        stopped = true;
    }

    @Override
    public long wakeAtNs() {
        return Math.min(wakeAtNs, writer.wakeAtNs());
    }

    @Override
    public boolean done() {
        return ended;
    }

    @Override
    public void release() throws Exception {
        if (!ended) {
            exits.cut.accept(writer.published());
        }
        writer.close();
        Exception first = null;
        for (SourceIntake<E> source : sources) {
            try {
                source.close();
            } catch (Exception failure) {
                first = first == null ? failure : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** How long the full ring held the sources back, all of them were held by themselves, and those that can wait had to. */
    public List<BlockedTime> blocked() {
        return List.of(blocked, held, delayed);
    }
}
