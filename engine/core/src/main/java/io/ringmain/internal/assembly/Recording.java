package io.ringmain.internal.assembly;

import io.ringmain.config.WhenFull;
import io.ringmain.internal.assembly.SegmentPlan.Element;
import io.ringmain.internal.assembly.SegmentPlan.IntoElement;
import io.ringmain.internal.assembly.SegmentPlan.RoutesElement;
import io.ringmain.internal.assembly.SegmentPlan.SinkElement;
import io.ringmain.internal.intake.Places;
import io.ringmain.internal.journal.JournalLane;
import io.ringmain.internal.ring.LaneCursor;
import io.ringmain.internal.run.Supervisor;
import io.ringmain.spi.DigestSink;
import io.ringmain.spi.Journal;
import io.ringmain.spi.SinkDigest;
import io.ringmain.spi.SinkDigest.Repeats;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The journal of a run, from its head to its foot, which says what a replay must give each sink. */
final class Recording {

    private record Watched(String sink, DigestSink<?> digest, Repeats repeats) {}

    private final JournalLane<?> lane;
    private final Supervisor supervisor;
    private final List<Watched> sinks = new ArrayList<>();

    /** Makes the recording by {@code lane}; finds the sinks of {@code plan} that keep a digest. */
    Recording(Blueprint<?> plan, JournalLane<?> lane, Supervisor supervisor) {
        this.lane = lane;
        this.supervisor = supervisor;
        Repeats repeats = Repeats.IN_ORDER;
        for (SegmentPlan<?> segment : plan.segments) {
            repeats = add(segment, repeats);
        }
    }

    /** Makes the lane that writes down what comes into the first segment, whose rooms are {@code rooms}. */
    static <E> JournalLane<E> lane(
            SegmentBuilder.Site site, Journal journal, LaneCursor cursor, SegmentRooms<E> rooms, Inlet inlet) {
        Places places = site.places();
        var input = new JournalLane.Input<>(
                rooms.ring,
                Check.portable(rooms.ring.type()),
                inlet.sourceNames(),
                places == null ? null : places.carried(),
                site.plan().types());
        var lane = new JournalLane<>(site.plan().name, journal, cursor, input);
        rooms.journaledBy(lane);
        return lane;
    }

    /** Ends the journal of a pipeline that has ended, unless its lane hangs in it. */
    void ended() {
        if (lane.ended()) {
            close();
        }
    }

    /** Ends the journal, whose lane does not move. */
    void close() {
        try {
            lane.close(supervisor.hasFailed(), this::digests);
        } catch (Exception failure) {
            supervisor.failed(JournalLane.NAME, failure);
        }
    }

    private List<SinkDigest> digests() {
        return sinks.stream()
                .map(watched -> new SinkDigest(watched.sink, watched.digest.digest(), watched.repeats))
                .toList();
    }

    /** Adds the sinks of {@code segment}, whose events a replay repeats so; returns how it repeats those of the next. */
    private <E> Repeats add(SegmentPlan<E> segment, Repeats repeats) {
        for (Element<E> element : segment.elements) {
            if (element instanceof SinkElement<E> sink) {
                add(sink, repeats);
            } else if (element instanceof RoutesElement<E> routes) {
                routes.sinks().forEach(sink -> add(sink, repeats));
            }
        }
        IntoElement<E, ?> into = segment.into;
        if (into == null) {
            return repeats;
        }
        Repeats behind = into.parking() != null && repeats == Repeats.IN_ORDER ? Repeats.IN_ANY_ORDER : repeats;
        return behindEdge(into.edge(), behind);
    }

    private <E> void add(SinkElement<E> element, Repeats repeats) {
        // It is asked what it wants before the events come to an edge of its own: what that drops makes no difference.
        if (element.sink() instanceof DigestSink<E> digest) {
            sinks.add(new Watched(element.name(), digest, repeats));
        }
    }

    private static Repeats behindEdge(@Nullable WhenFull edge, Repeats before) {
        if (edge == null || edge instanceof WhenFull.Block || edge instanceof WhenFull.Spill) {
            return before;
        }
        // A sample tosses its coins by number, so it takes the same if the order is the same.
        return edge instanceof WhenFull.Sample && before == Repeats.IN_ORDER ? before : Repeats.NOT;
    }
}
