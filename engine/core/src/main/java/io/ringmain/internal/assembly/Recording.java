package io.ringmain.internal.assembly;

import io.ringmain.config.WhenFull;
import io.ringmain.internal.assembly.SegmentPlan.Element;
import io.ringmain.internal.assembly.SegmentPlan.IntoElement;
import io.ringmain.internal.assembly.SegmentPlan.RoutesElement;
import io.ringmain.internal.assembly.SegmentPlan.SinkElement;
import io.ringmain.spi.DigestSink;
import io.ringmain.spi.SinkDigest;
import io.ringmain.spi.SinkDigest.Repeats;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run says of its sinks, for those who repeat it. */
final class Recording {

    private record Watched(String sink, DigestSink<?> digest, Repeats repeats) {}

    private final List<Watched> sinks = new ArrayList<>();

    /** Finds the sinks of {@code plan} that keep a digest. */
    Recording(Blueprint<?> plan) {
        Repeats repeats = Repeats.IN_ORDER;
        for (SegmentPlan<?> segment : plan.segments) {
            repeats = add(segment, repeats);
        }
    }

    /** The digests so far. Once the pipeline is closed. */
    List<SinkDigest> digests() {
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
