package io.ringmain.internal.delivery;

import io.ringmain.internal.counters.BlockedTime;
import io.ringmain.internal.counters.Failures;
import io.ringmain.internal.failure.Attempts;
import io.ringmain.internal.failure.Classification;
import io.ringmain.internal.failure.Decision;
import io.ringmain.internal.ring.LaneCursor;
import io.ringmain.internal.run.Lane;
import io.ringmain.internal.run.StoppedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lane of a sink, as those see it who build and report it.
 *
 * <p>Thread: what it gives away says so itself.
 */
public abstract class DeliveryLane extends Lane {

    final LaneCursor cursor;
    final Outcomes outcomes;
    final Circuit circuit;
    final SinkCounts counts = new SinkCounts();
    final Failures failures;

    DeliveryLane(String name, LaneCursor cursor, Outcomes outcomes, Circuit circuit, Failures failures) {
        super(name);
        this.failures = failures;
        this.cursor = cursor;
        this.outcomes = outcomes;
        this.circuit = circuit;
    }

    /**
     * Notes that a batch failed and says what its policy wants; to stop is thrown, and is the supervisor's to record.
     *
     * @param answered whether the failure does not say that the sink is down
     */
    final Decision decide(Exception failure, Attempts attempts, Classification kinds, boolean answered, long nowNs)
            throws StoppedException {
        Decision decision = note(failure, attempts, kinds, answered, nowNs);
        if (decision == Decision.STOP) {
            throw new StoppedException(name(), failure);
        }
        failures.record(name(), failure);
        return decision;
    }

    /** Notes that a flush failed, which is tried again or stops the pipeline. */
    final void flushFailed(Exception failure, Attempts attempts, Classification kinds, long nowNs)
            throws StoppedException {
        if (note(failure, attempts, kinds, false, nowNs) != Decision.AGAIN) {
            // What a sink took and could not make durable can be neither skipped nor kept as letters.
            throw new StoppedException(name(), failure);
        }
        failures.record(name(), failure);
    }

    private Decision note(Exception failure, Attempts attempts, Classification kinds, boolean answered, long nowNs) {
        counts.failed.add(1);
        Decision decision = attempts.failed(failure, kinds, nowNs);
        circuit.failed(answered || attempts.wantsRoom(), nowNs);
        return decision;
    }

    /** The lane's place in its ring. */
    public final LaneCursor cursor() {
        return cursor;
    }

    /** What became of the events in this sink. */
    public final Outcomes outcomes() {
        return outcomes;
    }

    /** Whether the sink may be called. */
    public final Circuit circuit() {
        return circuit;
    }

    /** What the lane has counted. */
    public final SinkCounts counts() {
        return counts;
    }

    /** How many batches may be under way; null if the sink takes one after the other. */
    public @Nullable FlightLimit limit() {
        return null;
    }

    /** What held the lane back. */
    public abstract List<BlockedTime> blocked();
}
