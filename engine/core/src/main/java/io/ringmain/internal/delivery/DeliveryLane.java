package io.ringmain.internal.delivery;

import io.ringmain.internal.counters.BlockedTime;
import io.ringmain.internal.ring.LaneCursor;
import io.ringmain.internal.run.Lane;
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

    DeliveryLane(String name, LaneCursor cursor, Outcomes outcomes, Circuit circuit) {
        super(name);
        this.cursor = cursor;
        this.outcomes = outcomes;
        this.circuit = circuit;
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
