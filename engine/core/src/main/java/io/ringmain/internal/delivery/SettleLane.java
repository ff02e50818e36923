package io.ringmain.internal.delivery;

import io.ringmain.internal.counters.Counter;
import io.ringmain.internal.latency.Latency;
import io.ringmain.internal.ring.Columns;
import io.ringmain.internal.ring.LaneCursor;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.ring.RouteColumn;
import io.ringmain.internal.ring.Slot;
import io.ringmain.internal.run.Lane;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Behind all sinks of a segment: settles each event once and gives its slot back to the writers.
 *
 * <p>An event is dead if a stage or a sink gave it up so, else dropped, else delivered if a sink took it, else filtered if a stage
 * said so, else absorbed if it went into the next segment or the ring of a sink, else filtered if a sink was asked and did not want it; where no sink
 * is, it is absorbed. The common case, eight live events that every sink took, is recognised by comparing eight bytes at once.
 *
 * <p>Latency is recorded at the next call, with that call's time: only then is it known that the work is over. The stamps are
 * kept as runs, because the slots are given back before.
 *
 * <p>Thread: one, the lane's; the counts from any.
 */
public final class SettleLane extends Lane {

    private static final long EIGHT_FILTERED = 0x0101_0101_0101_0101L * Slot.FILTERED;

    private final Ring<?> ring;
    private final Columns columns;
    private final LaneCursor cursor;
    private final Outcomes[] sinks;
    private final List<Lane> before;
    private final boolean emits;
    private final @Nullable RouteColumn late;
    private final Counter delivered = new Counter();
    private final Counter absorbed = new Counter();
    private final Counter filtered = new Counter();
    private final Counter dropped = new Counter();
    private final Counter dead = new Counter();
    private final Latency latency = new Latency();
    private final long[] runStamps;
    private final int[] runCounts;
    private @Nullable Subscribers<?> subscribers;
    private boolean timed = true;
    private int runs;
    private Runnable barrierPassed = () -> {};
    private boolean barrier;
    private long calledAtNs;
    private boolean ended;

    private int batchDelivered;
    private int batchAbsorbed;
    private int batchFiltered;
    private int batchDropped;
    private int batchDead;

    /**
     * What the lane stands behind.
     *
     * @param outcomes those of the sinks
     * @param lanes the lanes whose end is its own
     * @param emits whether one of the lanes takes what is live into the next segment
     * @param late says which events came too late for that; null if sinks are not given them
     */
    public record Behind(
            List<Outcomes> outcomes,
            List<Lane> lanes,
            boolean emits,
            @Nullable RouteColumn late) {

        /** Without sinks that are given what comes too late. */
        public Behind(List<Outcomes> outcomes, List<Lane> lanes, boolean emits) {
            this(outcomes, lanes, emits, null);
        }
    }

    /** Makes the lane called {@code name} of {@code ring}; it settles at most {@code batchMax} slots at a time. */
    public SettleLane(String name, Ring<?> ring, LaneCursor cursor, Behind behind, int batchMax) {
        super(name);
        this.ring = ring;
        columns = ring.columns();
        this.cursor = cursor;
        sinks = behind.outcomes.toArray(new Outcomes[0]);
        before = List.copyOf(behind.lanes);
        emits = behind.emits;
        late = behind.late;
        runStamps = new long[batchMax];
        runCounts = new int[batchMax];
    }

    @Override
    public int work(long nowNs) {
        calledAtNs = nowNs;
        recordRuns(nowNs);
        // Asked before the poll: what they passed on before they ended is then seen.
        boolean nothingComes = endsBehindOthers() && haveEnded();
        long next = cursor.next();
        long passed = cursor.poll();
        long high = subscribers == null ? passed : subscribers.offer(passed, nowNs);
        if (high < next) {
            ended = ended || (passed < next && (nothingComes || cursor.atCut()));
            return 0;
        }
        long sequence = next;
        while (sequence <= high) {
            if (columns.hasEight(sequence, high) && eightAlike(sequence)) {
                sequence += 8;
            } else {
                settle(sequence);
                sequence++;
            }
        }
        publishCounts();
        if (subscribers == null || !subscribers.haveBeenLetGo()) {
            ring.release(next, high);
        }
        cursor.pass(high);
        if (barrier) {
            barrier = false;
            barrierPassed.run();
        }
        return (int) (high - next + 1);
    }

    /** Says who is told when a barrier has passed all lanes of the segment. Before the start. */
    public void onBarrier(Runnable passed) {
        barrierPassed = passed;
    }

    /** Leaves the latencies out, because the events have entered an earlier run. Before the start. */
    public void doNotTime() {
        timed = false;
    }

    /** Makes the lane wait for sinks that join while it runs. Before the start. */
    public void offersTo(Subscribers<?> joining) {
        subscribers = joining;
    }

    private boolean haveEnded() {
        for (int i = 0; i < before.size(); i++) {
            if (!before.get(i).ended()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean endsBehindOthers() {
        return !before.isEmpty();
    }

    private boolean eightAlike(long sequence) {
        long marks = columns.eightMarks(sequence);
        if (marks != 0) {
            return sinks.length == 0 && eightLiveOrFiltered(sequence, marks);
        }
        for (Outcomes sink : sinks) {
            if (!sink.eightDelivered(sequence)) {
                return false;
            }
        }
        if (sinks.length == 0) {
            batchAbsorbed += 8;
        } else {
            batchDelivered += 8;
        }
        long stamp = columns.ingressNs(sequence);
        if (columns.ingressNs(sequence + 7) == stamp) {
            addRun(stamp, 8);
        } else {
            for (int i = 0; i < 8; i++) {
                addRun(columns.ingressNs(sequence + i), 1);
            }
        }
        return true;
    }

    /** Counts without a branch per event: which ones a filter keeps is what no processor can foresee. */
    private boolean eightLiveOrFiltered(long sequence, long marks) {
        long stamp = columns.ingressNs(sequence);
        if ((marks & ~EIGHT_FILTERED) != 0 || columns.ingressNs(sequence + 7) != stamp) {
            return false;
        }
        int filteredOfEight = Long.bitCount(marks);
        batchFiltered += filteredOfEight;
        batchAbsorbed += 8 - filteredOfEight;
        if (filteredOfEight < 8) {
            addRun(stamp, 8 - filteredOfEight);
        }
        return true;
    }

    private void settle(long sequence) {
        byte mark = columns.mark(sequence);
        int kind = Slot.kind(mark);
        if (kind != Slot.DATA) {
            ended = ended || kind == Slot.END;
            barrier = barrier || kind == Slot.BARRIER;
            return;
        }
        int verdict = Slot.verdict(mark);
        byte worst = Outcomes.NONE;
        for (Outcomes sink : sinks) {
            worst = (byte) Math.max(worst, sink.get(sequence));
        }
        if (verdict == Slot.DEAD || worst == Outcomes.DEAD) {
            batchDead++;
        } else if (verdict == Slot.DROPPED || worst == Outcomes.DROPPED) {
            batchDropped++;
        } else if (worst == Outcomes.DELIVERED) {
            batchDelivered++;
            addRun(columns.ingressNs(sequence), 1);
        } else if (worst != Outcomes.HANDED_ON
                && (verdict == Slot.FILTERED || (worst == Outcomes.NOT_WANTED && !isTaken(sequence)))) {
            batchFiltered++;
        } else {
            batchAbsorbed++;
            addRun(columns.ingressNs(sequence), 1);
        }
    }

    /** Whether the next segment has what was live here. */
    private boolean isTaken(long sequence) {
        return emits && (late == null || late.route(sequence) != RouteColumn.LATE);
    }

    private void addRun(long stamp, int count) {
        if (runs > 0 && runStamps[runs - 1] == stamp) {
            runCounts[runs - 1] += count;
        } else {
            runStamps[runs] = stamp;
            runCounts[runs] = count;
            runs++;
        }
    }

    private void recordRuns(long nowNs) {
        for (int i = 0; i < runs; i++) {
            if (timed) {
                latency.record(nowNs - runStamps[i], runCounts[i]);
            }
        }
        runs = 0;
    }

    private void publishCounts() {
        delivered.add(batchDelivered);
        absorbed.add(batchAbsorbed);
        filtered.add(batchFiltered);
        dropped.add(batchDropped);
        dead.add(batchDead);
        batchDelivered = 0;
        batchAbsorbed = 0;
        batchFiltered = 0;
        batchDropped = 0;
        batchDead = 0;
    }

    @Override
    public void release() {
        if (subscribers != null) {
            if (halted()) {
                settleRest(subscribers);
            }
            subscribers.close();
        }
    }

    /** Where no lane is before this one it is halted with the others; only subscribers can have kept it from settling what is there. */
    private void settleRest(Subscribers<?> waitedFor) {
        waitedFor.letGo();
        int settled = 1;
        while (!endsBehindOthers() && settled > 0) {
            settled = work(calledAtNs);
        }
    }

    @Override
    public boolean done() {
        // One more call after the end records the last latencies.
        return ended && runs == 0;
    }

    /** The lane's place in its ring. */
    public LaneCursor cursor() {
        return cursor;
    }

    /** How many events a sink took and none gave up. */
    public long delivered() {
        return delivered.value();
    }

    /** How many events went on as results, or had no sink to go to. */
    public long absorbed() {
        return absorbed.value();
    }

    /** How many events a stage filtered out and no sink had taken, or no sink wanted and no result has. */
    public long filtered() {
        return filtered.value();
    }

    /** How many events were dropped because a stage or sink failed. */
    public long dropped() {
        return dropped.value();
    }

    /** How many events became dead letters. */
    public long dead() {
        return dead.value();
    }

    /** From ring to settled, for events that were delivered or absorbed. */
    public Latency latency() {
        return latency;
    }
}
