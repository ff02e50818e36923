package io.ringmain.internal.intake;

import io.ringmain.internal.checkpoint.Checkpoints;
import io.ringmain.internal.ring.ControlWriter;
import io.ringmain.internal.ring.Slot;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * Control events on the way from whoever wants them into the first ring: how many lanes each partition is to have, the barriers of
 * checkpoints, that a source has ended, and what time it is. Of the wishes for a partition only the last counts: one that another overtakes before it is published is forgotten.
 *
 * <p>Thread: {@link #wish} any; {@link #publish} the one that publishes control events into the first ring.
 */
public final class Controls {

    private final AtomicIntegerArray wished;
    private final int[] published;

    private final @Nullable Checkpoints checkpoints;
    private final Ticks ticks;
    private final boolean tellsEnds;
    // The numbers of sources that have ended, of which nobody has been told.
    private final Deque<Integer> ended = new ArrayDeque<>();
    private long askedAtNs = Long.MIN_VALUE;

    /**
     * Begins with {@code lanes}, one number for each partition of the pipeline.
     *
     * @param checkpoints null if it keeps none
     * @param tellsEnds whether an emitter wants to know when a source has ended
     */
    public Controls(int[] lanes, @Nullable Checkpoints checkpoints, Ticks ticks, boolean tellsEnds) {
        this.checkpoints = checkpoints;
        this.ticks = ticks;
        this.tellsEnds = tellsEnds;
        wished = new AtomicIntegerArray(lanes);
        published = lanes.clone();
    }

    /** Wishes that {@code partition} has {@code lanes} lanes. Who publishes must be woken. */
    public void wish(int partition, int lanes) {
        wished.set(partition, lanes);
    }

    /** Publishes what is wished, as far as there is room in the ring; returns how many events that were. */
    public int publish(ControlWriter writer, long nowNs) {
        askedAtNs = nowNs;
        int events = checkpoints == null ? 0 : checkpoints.publish(writer, nowNs);
        for (int partition = 0; partition < published.length; partition++) {
            int lanes = wished.get(partition);
            if (lanes != published[partition]
                    && writer.control(Slot.REPARTITION, Slot.lanesOf(partition, lanes), nowNs)) {
                published[partition] = lanes;
                events++;
            }
        }
        while (!ended.isEmpty() && writer.control(Slot.WATERMARK, ended.getFirst(), nowNs)) {
            ended.removeFirst();
            events++;
        }
        return events + ticks.publish(writer, nowNs);
    }

    /** The source with that number has ended, and all of its events have been handed on. Who publishes only. */
    void ended(int source) {
        if (tellsEnds) {
            ended.add(source);
        }
    }

    /**
     * When {@link #publish} is to be called although nobody wishes anything; {@link Long#MAX_VALUE} for never, and while what is due waits for room. Right after it was called, by who
     * publishes only.
     */
    public long wakeAtNs() {
        return ticks.dueNs() > askedAtNs ? ticks.dueNs() : Long.MAX_VALUE;
    }

    /** Streams have joined. Who publishes only. */
    void joined(List<Inflow> inflows) {
        if (checkpoints != null) {
            inflows.forEach(checkpoints::joined);
        }
    }

    /** Publishes what must stand between the last event and the end of input; returns {@code false} while it must wait. */
    public boolean publishLast(ControlWriter writer, long nowNs) {
        return checkpoints == null || checkpoints.publishLast(writer, nowNs);
    }

    /** Whether something is wished and not published. Who publishes only. */
    public boolean areWaiting() {
        if ((checkpoints != null && checkpoints.isWanted()) || !ended.isEmpty() || ticks.dueNs() <= askedAtNs) {
            return true;
        }
        for (int partition = 0; partition < published.length; partition++) {
            if (wished.get(partition) != published[partition]) {
                return true;
            }
        }
        return false;
    }
}
