package io.ringmain.internal.delivery;

import io.ringmain.internal.checkpoint.Saved;
import io.ringmain.internal.counters.BlockedTime;
import io.ringmain.internal.counters.Counter;
import io.ringmain.internal.delivery.Flight.State;
import io.ringmain.internal.failure.Burial;
import io.ringmain.internal.failure.Classification;
import io.ringmain.internal.ring.Columns;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.ring.Slot;
import io.ringmain.internal.run.Signal;
import io.ringmain.internal.run.StoppedException;
import io.ringmain.internal.run.Supervisor;
import io.ringmain.spi.AsyncSink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gathers live events into batches and writes them to one sink that answers later. Several batches are under way at a time, in flights: a ring of
 * its own, from the {@link #oldest} that is not settled to the {@link #next}, which gathers.
 *
 * <p>Flights land in any order and are settled in that of their events, so the cursor, and with it the ring, a checkpoint and what sources are
 * told, never passes an event that may still fail. A flight that failed keeps its place and is launched again from there. Barriers, the end
 * and slots without events at the front are passed when there is no flight: what the sink flushes then is all that came before.
 *
 * <p>Thread: one, the lane's, which {@link AsyncSink#flush} may block; {@link #abort} from any. Allocates one {@link Answer} per attempt.
 *
 * @param <E> the event
 */
public final class AsyncSinkLane<E> extends DeliveryLane {

    private final AsyncSink<E> sink;
    private final Ring<E> ring;
    private final Columns columns;
    private final Weight<E> weight;
    private final Way<E> way;
    private final long waitNs;
    private final int bound;
    private final Burial<E> burial;
    private final @Nullable Saved saved;
    // One more than may be under way: the one that gathers.
    private final List<Flight<E>> flights;
    private final FlightLimit limit;
    private final Signal answered;

    private long oldest;
    private long next;
    // How many attempts the sink has not answered.
    private int underWay;
    // The last slot that belongs to a flight or has been passed, and the last one looked at.
    private long launched = -1;
    private long seen = -1;
    private long controlAt = -1;
    private long writeByNs = Long.MAX_VALUE;
    // How many events of the oldest flight have become letters.
    private int buried;
    private boolean flushDue;
    private boolean atEnd;
    private boolean flushed;
    private boolean ended;
    private volatile boolean aborted;

    /**
     * What it takes to have several batches under way.
     *
     * @param sink the sink
     * @param flights one more than may be under way; the first is made of the batch and the attempts of the setup
     * @param limit how many may be
     * @param answered raised when the sink has answered
     */
    public record Traffic<E>(AsyncSink<E> sink, List<Flight<E>> flights, FlightLimit limit, Signal answered) {}

    /** Makes the lane of the sink called {@code name}. */
    public AsyncSinkLane(String name, SinkLane.Setup<E> setup, Traffic<E> traffic) {
        super(name, setup.cursor(), setup.outcomes(), setup.circuit(), setup.failures());
        sink = traffic.sink;
        flights = List.copyOf(traffic.flights);
        limit = traffic.limit;
        answered = traffic.answered;
        ring = setup.ring();
        columns = ring.columns();
        weight = new Weight<>(ring.type(), setup.batching());
        way = setup.way();
        waitNs = Supervisor.nanos(setup.batching().waitMax());
        bound = ring.bound();
        burial = setup.burial();
        saved = setup.saved();
    }

    private Flight<E> flight(long index) {
        return flights.get((int) (index % flights.size()));
    }

    @Override
    public int work(long nowNs) throws StoppedException {
        if (aborted) {
            // Nobody may count any more: the report has been, or is being, written.
            return 0;
        }
        int worked = land(nowNs);
        worked += settle(nowNs);
        worked += launchAgain(nowNs);
        worked += gather(nowNs);
        if (flight(next).batch.isEmpty()) {
            return worked + (oldest == next ? passEmpty(nowNs) : 0);
        }
        return worked + (isDue(nowNs) && hasPlace() && mayLaunch(nowNs) ? launch(nowNs) : 0);
    }

    private boolean isDue(long nowNs) {
        return flight(next).batch.isFull() || mustNotGrow() || nowNs >= writeByNs || holdsTheRing();
    }

    private boolean mustNotGrow() {
        return flushDue || atEnd || weight.isFull();
    }

    /** Whether flights, the batch and the slots between them fill the ring, so that waiting would be for nothing. */
    private boolean holdsTheRing() {
        return seen - cursor.next() + 1 >= bound;
    }

    private boolean hasPlace() {
        return next - oldest < flights.size() - 1;
    }

    private boolean mayLaunch(long nowNs) {
        return !isAtLimit() && !circuit.holds(nowNs);
    }

    private boolean isAtLimit() {
        return underWay >= limit.limit() || (underWay > 0 && circuit.wantsProbe());
    }

    /** Looks at what has come since the last call, until the batch is full or must be written; returns how many slots. */
    private int gather(long nowNs) {
        SlotBatch<E> batch = flight(next).batch;
        if (batch.isFull() || mustNotGrow()) {
            return 0;
        }
        long from = seen;
        long high = cursor.poll(seen, batch.free());
        while (seen < high && !flushDue && !weight.isFull()) {
            if (!weight.counts() && columns.hasEight(seen + 1, high) && columns.eightMarks(seen + 1) == 0) {
                batch.addRun(seen + 1, 8);
                seen += 8;
            } else {
                look(batch, nowNs);
            }
        }
        if (seen == from && cursor.atCut(seen)) {
            atEnd = true;
        }
        if (!batch.isEmpty() && writeByNs == Long.MAX_VALUE) {
            writeByNs = nowNs + waitNs;
        }
        return (int) (seen - from);
    }

    /** Looks at the slot behind the last one seen. */
    private void look(SlotBatch<E> batch, long nowNs) {
        byte mark = columns.mark(seen + 1);
        boolean live = Slot.isLive(mark) && (!Slot.isResumed(mark) || way.isFor(columns, seen + 1));
        if (live && !weight.add(ring.event(seen + 1), batch.isEmpty())) {
            return;
        }
        seen++;
        if (live) {
            if (Slot.isLiveSample(mark)) {
                counts.waited.record(nowNs - columns.handedNs(seen));
            }
            batch.add(seen);
        } else if (way.stopsAt(Slot.kind(mark))) {
            atEnd = Slot.kind(mark) == Slot.END;
            flushDue = true;
            controlAt = seen;
        }
    }

    private int launch(long nowNs) {
        Flight<E> flight = flight(next);
        int size = flight.batch.size();
        // A barrier or the end is passed only after the flush.
        flight.last = controlAt == seen ? seen - 1 : seen;
        if (size < flight.last - launched) {
            outcomes.none(launched + 1, flight.last);
        }
        counts.offered.add(size);
        launched = flight.last;
        next++;
        weight.clear();
        writeByNs = Long.MAX_VALUE;
        attempt(flight, nowNs);
        return size;
    }

    private void attempt(Flight<E> flight, long nowNs) {
        underWay++;
        flight.launch = limit.launched(underWay);
        flight.launchedNs = nowNs;
        flight.batch.forgetFailed();
        var answer = new Answer(answered);
        flight.await(answer);
        try {
            sink.write(flight.batch, answer);
        } catch (Exception failure) {
            answer.failed(failure);
        }
    }

    /** Launches flights that failed and have paused, the oldest first; returns how many. */
    private int launchAgain(long nowNs) {
        int again = 0;
        for (long i = oldest; i < next; i++) {
            Flight<E> flight = flight(i);
            if (flight.state == State.PAUSING && mayLaunch(nowNs) && !flight.attempts.pausing(nowNs)) {
                attempt(flight, nowNs);
                again++;
            }
        }
        return again;
    }

    /** Notices what the sink has answered; returns how many flights have landed. */
    private int land(long nowNs) throws StoppedException {
        int landed = 0;
        for (long i = oldest; i < next; i++) {
            Flight<E> flight = flight(i);
            if (flight.hasLanded()) {
                land(flight, nowNs);
                landed++;
            }
        }
        return landed;
    }

    private void land(Flight<E> flight, long nowNs) throws StoppedException {
        underWay--;
        long tookNs = nowNs - flight.launchedNs;
        counts.service.record(tookNs);
        Exception failure = flight.answer().failure();
        if (failure != null) {
            flight.batch.forgetFailed();
            failed(flight, failure, sink::kindOf, false, nowNs);
        } else if (flight.batch.anyFailed()) {
            failedInPart(flight, nowNs);
        } else {
            circuit.succeeded(nowNs);
            limit.succeeded(flight.launch, tookNs);
            flight.state = State.TAKEN;
        }
    }

    /** Notes what the sink took; what it could not take is the batch from now on, and has failed. */
    private void failedInPart(Flight<E> flight, long nowNs) throws StoppedException {
        SlotBatch<E> batch = flight.batch;
        int taken = outcomes.eachTaken(batch, way.given());
        counts.delivered.add(taken);
        if (taken > 0) {
            circuit.succeeded(nowNs);
        }
        batch.keepFailed();
        for (int i = 1; i < batch.size(); i++) {
            failures.record(name(), batch.why(i), burial.origin(batch.sequence(i)));
        }
        failed(flight, batch.why(0), any -> batch.kindOf(sink::kindOf), taken > 0, nowNs);
    }

    private void failed(Flight<E> flight, Exception failure, Classification kinds, boolean answered, long nowNs)
            throws StoppedException {
        limit.failed(flight.launch);
        switch (decide(failure, flight.attempts, kinds, answered, nowNs)) {
            case AGAIN, STOP -> flight.state = State.PAUSING;
            case SKIP -> flight.state = State.SKIPPED;
            case BURY -> flight.doom(failure);
        }
    }

    /** Settles flights from the oldest on, up to the first whose fate is open; returns how many. */
    private int settle(long nowNs) throws StoppedException {
        int settled = 0;
        while (oldest < next && settle(flight(oldest), nowNs)) {
            settled++;
        }
        return settled;
    }

    private boolean settle(Flight<E> flight, long nowNs) throws StoppedException {
        return switch (flight.state) {
            case UNDER_WAY, PAUSING -> false;
            case TAKEN -> pass(flight, way.given(), counts.delivered);
            case SKIPPED -> pass(flight, Outcomes.DROPPED, counts.dropped);
            case DOOMED -> bury(flight, nowNs) && pass(flight, Outcomes.DEAD, counts.dead);
        };
    }

    /** Notes the outcome of the oldest flight and passes it on. */
    private boolean pass(Flight<E> flight, byte outcome, Counter counter) {
        int size = flight.batch.size();
        counter.add(size);
        if (size == flight.last - cursor.next() + 1) {
            outcomes.all(cursor.next(), flight.last, outcome);
        } else {
            outcomes.each(flight.batch, size, outcome);
        }
        flight.clear();
        cursor.pass(flight.last);
        oldest++;
        return true;
    }

    /** Makes letters of the oldest flight; returns whether there was room for all. */
    private boolean bury(Flight<E> flight, long nowNs) throws StoppedException {
        SlotBatch<E> batch = flight.batch;
        burial.because(flight.why());
        while (buried < batch.size()) {
            if (batch.hasFailed(buried)) {
                burial.because(batch.why(buried));
            }
            if (!burial.bury(batch.sequence(buried), name(), flight.attempts.count(), nowNs)) {
                return false;
            }
            buried++;
        }
        buried = 0;
        burial.rest();
        return true;
    }

    /** If the lane ends with half a batch buried: those events have their fate, the others stay in flight. */
    private void settleBuried() {
        if (buried > 0) {
            SlotBatch<E> batch = flight(oldest).batch;
            outcomes.each(batch, buried, Outcomes.DEAD);
            counts.dead.add(buried);
            cursor.pass(batch.sequence(buried) - 1);
            buried = 0;
        }
    }

    /** Passes what held no event for the sink, when nothing before it is under way; flushes if that is due. */
    private int passEmpty(long nowNs) throws StoppedException {
        if ((flushDue || (atEnd && !flushed)) && !flush(nowNs)) {
            return 0;
        }
        int passed = (int) (seen - launched);
        if (passed > 0) {
            outcomes.none(launched + 1, seen);
            cursor.pass(seen);
            launched = seen;
        }
        ended = atEnd;
        return passed;
    }

    private boolean flush(long nowNs) throws StoppedException {
        // Those of the flight that would be next: there is none.
        var attempts = flight(next).attempts;
        if (attempts.pausing(nowNs) || circuit.holds(nowNs)) {
            return false;
        }
        try {
            sink.flush();
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

    @Override
    public long wakeAtNs() {
        if (isAtLimit()) {
            // An answer wakes the lane.
            return burial.askAtNs();
        }
        // That of the next one is the pause before a flush.
        long dueNs = hasPlace() ? Math.min(writeByNs, flight(next).attempts.resumeAtNs()) : Long.MAX_VALUE;
        for (long i = oldest; i < next; i++) {
            dueNs = Math.min(dueNs, flight(i).attempts.resumeAtNs());
        }
        return Math.min(burial.askAtNs(), circuit.heldUntilNs(dueNs));
    }

    @Override
    public boolean done() {
        return ended;
    }

    @Override
    public void abort() {
        aborted = true;
        sink.abort();
    }

    @Override
    public void release() throws Exception {
        try {
            settleBuried();
            if (!aborted) {
                while (oldest < next && flight(oldest).isTaken()) {
                    pass(flight(oldest), way.given(), counts.delivered);
                }
                if (!flushed) {
                    // Failed or halted: what was written before and counted as delivered must still become durable.
                    sink.flush();
                }
            }
        } finally {
            sink.close();
        }
    }

    @Override
    public FlightLimit limit() {
        return limit;
    }

    /** What held the lane back; of pauses, the sum over its flights. */
    @Override
    public List<BlockedTime> blocked() {
        List<BlockedTime> all = new ArrayList<>(List.of(circuit.blocked(), burial.blocked()));
        flights.forEach(flight -> all.addAll(flight.attempts.blockedAnd()));
        return all;
    }
}
