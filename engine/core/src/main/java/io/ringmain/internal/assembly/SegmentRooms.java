package io.ringmain.internal.assembly;

import io.ringmain.config.Pooling;
import io.ringmain.internal.delivery.DeliveryLane;
import io.ringmain.internal.delivery.SettleLane;
import io.ringmain.internal.intake.Merge;
import io.ringmain.internal.journal.JournalLane;
import io.ringmain.internal.ring.EventWriter;
import io.ringmain.internal.ring.LaneCursor;
import io.ringmain.internal.ring.PoolShare;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.run.Lane;
import io.ringmain.internal.stage.EventLane;
import io.ringmain.internal.stage.IntoLane;
import io.ringmain.internal.stage.ParkingArena;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of one segment.
 *
 * @param <E> the event
 */
public final class SegmentRooms<E> {

    /** A lane with its place; lanes of the same rank are beside one another, those of higher rank behind. */
    public record Station(Lane lane, LaneCursor cursor, int rank) {}

    /** A pool: what its workers share, and where one of them stands. */
    public record PoolRoom(String name, Pooling pooling, PoolShare share, LaneCursor worker) {}

    /** What the lane that fills the ring of a sink has behind the sink's name. */
    public static final String OF_SINK = "/edge";

    /** The ring. */
    public final Ring<E> ring;
    /** The one writer of the ring, with the policy before it; null if several threads publish into the ring. */
    public final @Nullable EventWriter<E> writer;
    /** All lanes but the writer's, in order. */
    public final List<Station> stations = new ArrayList<>();
    /** The lanes of stages and emitters, in order; those that share the work of striped stages together. */
    public final List<List<? extends EventLane<E>>> stages = new ArrayList<>();
    /** The pools, in order. */
    public final List<PoolRoom> pools = new ArrayList<>();
    /** The lanes of sinks, in order; of a sink with a ring of its own the lane that fills this ring. */
    public final List<DeliveryLane> sinks = new ArrayList<>();
    /** Which segments the rings are that sinks have of their own, by the lane that fills them. */
    public final Map<DeliveryLane, SegmentRooms<E>> sides = new LinkedHashMap<>();
    /** The segment whose events come into this one; null for the first. */
    public final @Nullable SegmentRooms<?> before;

    private @Nullable SettleLane settle;
    private @Nullable JournalLane<E> journal;
    private @Nullable Merge<E> merge;
    private @Nullable ParkingArena<E> arena;

    SegmentRooms(Ring<E> ring, @Nullable EventWriter<E> writer, @Nullable SegmentRooms<?> before) {
        this.ring = ring;
        this.writer = writer;
        this.before = before;
    }

    void fedBy(Merge<E> streams) {
        merge = streams;
    }

    void settledBy(SettleLane lane) {
        settle = lane;
    }

    void journaledBy(JournalLane<E> lane) {
        journal = lane;
    }

    /** The lane that writes the events into the journal; null if there is none. */
    public @Nullable JournalLane<E> journal() {
        return journal;
    }

    /** The lane that settles the events. */
    public SettleLane settle() {
        if (settle == null) {
            throw new IllegalStateException("The segment is not assembled yet.");
        }
        return settle;
    }

    /** Makes all lanes end at {@code sequence}. */
    void cut(long sequence) {
        stations.forEach(station -> station.cursor().cutAt(sequence));
    }

    /** The place of {@code lane}; null if it is not of this segment. */
    @Nullable
    Station stationOf(Lane lane) {
        for (Station station : stations) {
            if (station.lane() == lane) {
                return station;
            }
        }
        return null;
    }

    /** How many events wait before the ring, and before whatever stands there. */
    public long waiting() {
        return (writer == null ? 0 : writer.waiting()) + (merge == null ? 0 : merge.waiting());
    }

    /** How many events there can be in memory, before and in the ring. */
    public int bound() {
        return (writer == null ? ring.bound() : writer.bound()) + (merge == null ? 0 : merge.bound());
    }

    /** How many events were received. */
    public long received() {
        return merge != null ? merge.received() : writer != null ? writer.received() : 0;
    }

    /** Whether the events of this segment go on into {@code other}, however far. */
    boolean leadsTo(SegmentRooms<?> other) {
        SegmentRooms<?> behind = other.before;
        while (behind != null && behind != this) {
            behind = behind.before;
        }
        return behind == this;
    }

    /** Whether this is the ring that a sink has of its own. */
    public boolean isSide() {
        return before != null && before.sides.containsValue(this);
    }

    /** What the last lane has set aside; null if it sets nothing aside. */
    public @Nullable ParkingArena<E> arena() {
        return arena;
    }

    void parksIn(ParkingArena<E> parking) {
        arena = parking;
    }

    /** How many events the lane at the end of the segment dropped because they came too late. */
    public long lateDropped() {
        EventLane<E> last =
                stages.isEmpty() ? null : stages.get(stages.size() - 1).get(0);
        return last instanceof IntoLane<E, ?> into ? into.lateDropped() : 0;
    }

    /** How many events have been received and not been settled: those before the ring, and those in it, counted slot by slot. */
    public long inFlightMeasured() {
        return waiting() + ring.dataBetween(settle().cursor().last(), ring.cursor());
    }
}
