package io.ringmain.internal.delivery;

import io.ringmain.config.Batching;
import io.ringmain.internal.checkpoint.Saved;
import io.ringmain.internal.counters.BlockedTime;
import io.ringmain.internal.counters.Counter;
import io.ringmain.internal.counters.Failures;
import io.ringmain.internal.failure.Attempts;
import io.ringmain.internal.failure.Burial;
import io.ringmain.internal.failure.Classification;
import io.ringmain.internal.ring.Columns;
import io.ringmain.internal.ring.LaneCursor;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.ring.Slot;
import io.ringmain.internal.run.StoppedException;
import io.ringmain.internal.run.Supervisor;
import io.ringmain.spi.Sink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gathers live events into batches and writes them to one sink. The events stay in their slots until their batch is written.
 *
 * <p>The lane looks ahead of what it has passed: {@link #seen} is the last slot looked at, and everything after the cursor up to
 * there belongs to the batch being gathered.
 *
 * <p>Of a sink that chooses, only what it wants comes into a batch, and the lane notes the outcomes as it looks. An event that the sink
 * fails to choose about is a batch of its own: the one before it is written first, so that its failure is nobody else's.
 *
 * <p>Thread: one, the lane's, which a blocking sink may block; {@link #abort} from any.
 *
 * @param <E> the event
 */
public final class SinkLane<E> extends DeliveryLane {

    private final Sink<E> sink;
    private final Ring<E> ring;
    private final Columns columns;
    private final SlotBatch<E> batch;
    private final Weight<E> weight;
    private final boolean sinkChooses;
    private final boolean chooses;
    private final Way<E> way;
    private final @Nullable SinkEdge<E> edge;
    private final long waitNs;
    private final int bound;
    private final Attempts attempts;
    private final Burial<E> burial;
    private final @Nullable Saved saved;

    private long seen = -1;
    // The slot that the sink chose already, when there was no room for it.
    private long chosenAt = -1;
    private long controlAt = -1;
    private long writeByNs = Long.MAX_VALUE;
    private long wroteAtNs = Long.MIN_VALUE;
    private int buried;
    private int unwanted;
    // Why the sink could not choose about the event behind the last one seen.
    private @Nullable Exception unchosen;
    // Whether the batch is one event that the sink has yet to choose about.
    private boolean undecided;
    // Whether the outcomes of what is not in the batch are noted: a part of the batch as it was has been settled.
    private boolean parted;
    private boolean flushDue;
    private boolean atEnd;
    private boolean flushed;
    private boolean ended;
    private volatile boolean aborted;

    /** What the lane is made of. */
    public record Setup<E>(
            Sink<E> sink,
            Ring<E> ring,
            LaneCursor cursor,
            Batching batching,
            SlotBatch<E> batch,
            Outcomes outcomes,
            Attempts attempts,
            Circuit circuit,
            Burial<E> burial,
            Failures failures,
            Way<E> way,
            @Nullable Saved saved) {}

    /** Makes the lane of the sink called {@code name}. */
    public SinkLane(String name, Setup<E> setup) {
        super(name, setup.cursor, setup.outcomes, setup.circuit, setup.failures);
        sink = setup.sink;
        ring = setup.ring;
        columns = setup.ring.columns();
        batch = setup.batch;
        weight = new Weight<>(ring.type(), setup.batching);
        way = setup.way;
        sinkChooses = sink.chooses() && !way.chosen();
        edge = way.edge();
        chooses = sinkChooses || way.routes() != null;
        waitNs = Supervisor.nanos(setup.batching.waitMax());
        bound = setup.ring.bound();
        attempts = setup.attempts;
        burial = setup.burial;
        saved = setup.saved;
    }

    @Override
    public int work(long nowNs) throws StoppedException {
        return edge == null ? take(nowNs) : edge.begin(nowNs) + (edge.holds(nowNs) ? 0 : take(nowNs));
    }

    private int take(long nowNs) throws StoppedException {
        if (wroteAtNs != Long.MIN_VALUE) {
            counts.service.record(nowNs - wroteAtNs);
            wroteAtNs = Long.MIN_VALUE;
        }
        if (attempts.pausing(nowNs)) {
            return 0;
        }
        if (burial.pending()) {
            return bury(nowNs);
        }
        if (circuit.holds(nowNs)) {
            return 0;
        }
        int gathered = gather(nowNs);
        if (batch.isEmpty()) {
            return gathered + (unchosen == null ? passEmpty(nowNs) : failToChoose(unchosen, nowNs));
        }
        return gathered + (isDue(nowNs) ? write(nowNs) : 0);
    }

    private boolean isDue(long nowNs) {
        return batch.isFull() || mustNotGrow() || nowNs >= writeByNs || holdsTheRing();
    }

    /** Whether the batch is to be written, or passed if it is empty, as it is. */
    private boolean mustNotGrow() {
        return flushDue || atEnd || attempts.any() || unchosen != null || weight.isFull();
    }

    /** Whether the batch and the filtered slots between its events fill the ring, so that waiting would be for nothing. */
    private boolean holdsTheRing() {
        return seen - cursor.next() + 1 >= bound;
    }

    /** Looks at what has come since the last call, until the batch is full or must be written; returns how many slots. */
    private int gather(long nowNs) {
        if (batch.isFull() || mustNotGrow()) {
            return 0;
        }
        long from = seen;
        long high = cursor.poll(seen, edge == null ? batch.free() : edge.room(batch.size(), batch.free()));
        while (seen < high && !flushDue && unchosen == null && !weight.isFull()) {
            if (!chooses && !weight.counts() && columns.hasEight(seen + 1, high) && columns.eightMarks(seen + 1) == 0) {
                batch.addRun(seen + 1, 8);
                seen += 8;
            } else {
                look(nowNs);
            }
        }
        countNotWanted();
        if (seen == from && cursor.atCut(seen)) {
            atEnd = true;
        }
        if (edge != null) {
            edge.note(seen == from && cursor.poll(seen, 1) > seen, nowNs);
        }
        if (!batch.isEmpty() && writeByNs == Long.MAX_VALUE) {
            writeByNs = nowNs + waitNs;
        }
        return (int) (seen - from);
    }

    /** Looks at the slot behind the last one seen. */
    private void look(long nowNs) {
        byte mark = columns.mark(seen + 1);
        boolean isMeant = true;
        if (Slot.isResumed(mark) && Slot.isLive(mark)) {
            isMeant = way.isFor(columns, seen + 1);
        }
        if (chooses && chosenAt != seen + 1) {
            choose(mark, isMeant);
            if (unchosen != null) {
                return;
            }
        }
        boolean given = isMeant && Slot.isLive(mark) && (!chooses || outcomes.get(seen + 1) != Outcomes.NOT_WANTED);
        if (given && !weight.add(ring.event(seen + 1), batch.isEmpty())) {
            chosenAt = seen + 1;
            return;
        }
        seen++;
        if (Slot.isLive(mark)) {
            if (Slot.isLiveSample(mark)) {
                counts.waited.record(nowNs - columns.handedNs(seen));
            }
            if (given) {
                batch.add(seen);
            }
        } else if (way.stopsAt(Slot.kind(mark))) {
            atEnd = Slot.kind(mark) == Slot.END;
            flushDue = true;
            controlAt = seen;
        }
    }

    /** Notes whether the sink wants what is in the slot behind the last one seen. */
    private void choose(byte mark, boolean isMeant) {
        boolean wanted;
        try {
            wanted = !isMeant
                    || !Slot.isLive(mark)
                    || (isOnItsWay(mark) && (!sinkChooses || sink.wants(ring.event(seen + 1))));
        } catch (Exception failure) {
            unchosen = failure;
            return;
        }
        unwanted += wanted ? 0 : 1;
        outcomes.set(seen + 1, wanted ? Outcomes.NONE : Outcomes.NOT_WANTED);
    }

    /** Whether the route leads here; of an event that came back for this sink only it did before. */
    private boolean isOnItsWay(byte mark) {
        return (Slot.isResumed(mark) && way.isOnlyFor(columns, seen + 1)) || way.leadsFrom(seen + 1);
    }

    /** The sink said no: that is its outcome, whatever becomes of the others. */
    private void countNotWanted() {
        if (unwanted > 0) {
            counts.offered.add(unwanted);
            counts.notWanted.add(unwanted);
            unwanted = 0;
        }
    }

    /** Stands at an event that the sink could not choose about, all before it being written. */
    private int failToChoose(Exception failure, long nowNs) throws StoppedException {
        seen++;
        batch.add(seen);
        counts.offered.add(1);
        unchosen = null;
        undecided = true;
        // The lane has moved, whatever is decided.
        return 1 + failed(failure, sink::kindOf, true, nowNs);
    }

    /** Passes what held no event for the sink; flushes if that is due. */
    private int passEmpty(long nowNs) throws StoppedException {
        if ((flushDue || (atEnd && !flushed)) && !flush(nowNs)) {
            return 0;
        }
        int passed = (int) (seen - cursor.next() + 1);
        if (passed > 0) {
            noOutcomes(seen);
            cursor.pass(seen);
        }
        ended = atEnd;
        return passed;
    }

    private boolean flush(long nowNs) throws StoppedException {
        try {
            if (edge == null) {
                sink.flush();
            } else if (!(flushDue ? edge.control(controlAt, nowNs) : edge.end(nowNs))) {
                return false;
            }
        } catch (Exception failure) {
            flushFailed(failure, attempts, sink::kindOf, nowNs);
            return false;
        }
        attempts.reset();
        flushed = atEnd;
        flushDue = false;
        if (saved != null && !atEnd) {
            saved.save();
        }
        return true;
    }

    private int write(long nowNs) throws StoppedException {
        if (!attempts.any()) {
            counts.offered.add(batch.size());
        }
        wroteAtNs = nowNs;
        batch.forgetFailed();
        boolean wanted;
        try {
            wanted = !undecided || sink.wants(batch.event(0));
            if (wanted) {
                undecided = false;
                if (edge == null) {
                    sink.write(batch);
                } else {
                    edge.write(batch, nowNs);
                }
            }
        } catch (Exception failure) {
            if (aborted) {
                return 1;
            }
            batch.forgetFailed();
            return failed(failure, sink::kindOf, undecided, nowNs);
        }
        // After an abort nobody may count any more: the report has been, or is being, written.
        if (aborted) {
            return 1;
        }
        if (batch.anyFailed()) {
            return failedInPart(nowNs);
        }
        if (!wanted) {
            return settle(Outcomes.NOT_WANTED, counts.notWanted);
        }
        circuit.succeeded(nowNs);
        return settle(way.given(), counts.delivered);
    }

    /** Settles what the sink took; what it could not take is the batch from now on, and has failed. */
    private int failedInPart(long nowNs) throws StoppedException {
        noOutcomes(seen);
        parted = true;
        int taken = outcomes.eachTaken(batch, way.given());
        counts.delivered.add(taken);
        if (taken > 0) {
            circuit.succeeded(nowNs);
        }
        batch.keepFailed();
        // What stands behind one that failed keeps its slot: the events are passed in order.
        cursor.pass(batch.sequence(0) - 1);
        for (int i = 1; i < batch.size(); i++) {
            failures.record(name(), batch.why(i), burial.origin(batch.sequence(i)));
        }
        return taken + failed(batch.why(0), any -> batch.kindOf(sink::kindOf), taken > 0, nowNs);
    }

    /** Does what the policy says about the batch; {@code answered} if it does not say that the sink is down. */
    private int failed(Exception failure, Classification kinds, boolean answered, long nowNs) throws StoppedException {
        return switch (decide(failure, attempts, kinds, answered, nowNs)) {
            case AGAIN, STOP -> 0;
            case SKIP -> settle(Outcomes.DROPPED, counts.dropped);
            case BURY -> {
                burial.because(failure);
                buried = 0;
                yield bury(nowNs);
            }
        };
    }

    private int bury(long nowNs) throws StoppedException {
        while (buried < batch.size()) {
            if (!buryNext(nowNs)) {
                return 0;
            }
            buried++;
        }
        burial.rest();
        return settle(Outcomes.DEAD, counts.dead);
    }

    private boolean buryNext(long nowNs) throws StoppedException {
        if (batch.hasFailed(buried)) {
            burial.because(batch.why(buried));
        }
        try {
            return burial.bury(batch.sequence(buried), name(), attempts.count(), nowNs);
        } catch (StoppedException stopped) {
            settleBuried();
            throw stopped;
        }
    }

    /** If the lane ends with half a batch buried: those events have their fate, the others stay in flight. */
    private void settleBuried() {
        if (!burial.pending() || buried == 0 || buried == batch.size()) {
            return;
        }
        long last = batch.sequence(buried) - 1;
        noOutcomes(last);
        outcomes.each(batch, buried, Outcomes.DEAD);
        counts.dead.add(buried);
        buried = 0;
        cursor.pass(last);
    }

    /** Notes the outcome of the batch and passes it on; returns its size. */
    private int settle(byte outcome, Counter counter) {
        int size = batch.size();
        counter.add(size);
        if (size == seen - cursor.next() + 1) {
            outcomes.all(cursor.next(), seen, outcome);
        } else {
            noOutcomes(seen);
            outcomes.each(batch, size, outcome);
        }
        batch.clear();
        weight.clear();
        parted = false;
        undecided = false;
        attempts.reset();
        writeByNs = Long.MAX_VALUE;
        // A barrier or the end is passed only after the flush, by the next call.
        cursor.pass(controlAt == seen ? seen - 1 : seen);
        return size;
    }

    /** Up to {@code last} nothing came of what is not in the batch; where the sink chooses or has taken a part, that has been noted already. */
    private void noOutcomes(long last) {
        if (!chooses && !parted) {
            outcomes.none(cursor.next(), last);
        }
    }

    @Override
    public long wakeAtNs() {
        // While the lane is held back the age of its batch does not matter: it would make the thread spin.
        boolean burying = burial.askAtNs() != Long.MAX_VALUE;
        long heldUntilNs = burying ? burial.askAtNs() : circuit.heldUntilNs(attempts.resumeAtNs());
        if (edge != null) {
            heldUntilNs = Math.min(heldUntilNs, edge.wakeAtNs());
        }
        return heldUntilNs == Long.MAX_VALUE ? writeByNs : heldUntilNs;
    }

    @Override
    public boolean done() {
        return ended;
    }

    @Override
    public void abort() {
        aborted = true;
        if (edge == null) {
            sink.abort();
        }
    }

    @Override
    public void release() throws Exception {
        try {
            settleBuried();
            if (edge == null && !flushed && !aborted) {
                // Failed or halted: what was written before and counted as delivered must still become durable.
                sink.flush();
            }
        } finally {
            if (edge == null) {
                sink.close();
            } else {
                edge.close();
            }
        }
    }

    @Override
    public List<BlockedTime> blocked() {
        return edge == null
                ? attempts.blockedAnd(circuit.blocked(), burial.blocked())
                : attempts.blockedAnd(burial.blocked(), edge.full());
    }
}
