package io.ringmain.internal.assembly;

import static java.util.Objects.requireNonNullElse;

import io.ringmain.config.Delivery;
import io.ringmain.config.WhenFailed;
import io.ringmain.internal.assembly.SegmentPlan.SinkElement;
import io.ringmain.internal.delivery.AsyncSinkLane;
import io.ringmain.internal.delivery.Circuit;
import io.ringmain.internal.delivery.DeferredSink;
import io.ringmain.internal.delivery.DeliveryLane;
import io.ringmain.internal.delivery.Flight;
import io.ringmain.internal.delivery.FlightLimit;
import io.ringmain.internal.delivery.Outcomes;
import io.ringmain.internal.delivery.SinkLane;
import io.ringmain.internal.delivery.SlotBatch;
import io.ringmain.internal.delivery.Way;
import io.ringmain.internal.ring.LaneCursor;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.run.Signal;
import io.ringmain.spi.DigestSink;
import io.ringmain.spi.Sink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds the lanes of sinks. */
record SinkLanes<E>(SegmentBuilder.Site site, Ring<E> ring, List<String> sources, Fates<E> fates) {

    /** Makes the lane, to which events come by {@code way}. */
    DeliveryLane lane(SinkElement<E> element, String name, LaneCursor cursor, Way<E> way) {
        // What leads into a ring of its own only copies: the rest of what was said is about the sink.
        Delivery delivery = way.edge() == null ? element.delivery() : Delivery.DEFAULT;
        DeferredSink<E> deferred = way.edge() == null && element.sink() instanceof DeferredSink<E> async ? async : null;
        Object user = deferred == null ? behindDigest(element.sink()) : deferred.async();
        WhenFailed whenFailed = requireNonNullElse(delivery.whenFailed(), site.whenFailed());
        int countMax = Math.min(delivery.batching().countMax(), ring.size());
        var setup = new SinkLane.Setup<>(
                element.sink(),
                ring,
                cursor,
                delivery.batching(),
                new SlotBatch<>(ring, sources, countMax),
                new Outcomes(ring.size()),
                fates.attempts(name, whenFailed),
                new Circuit(delivery.breaker(), site.plan().name, name),
                fates.burial(),
                site.failures(),
                way,
                way.edge() == null ? site.saved("sink/" + name, user) : null);
        if (deferred == null) {
            return new SinkLane<>(name, setup);
        }
        int limitMax = deferred.inFlight().limitMax();
        List<Flight<E>> flights = new ArrayList<>();
        flights.add(new Flight<>(setup.batch(), setup.attempts()));
        for (int i = 0; i < limitMax; i++) {
            flights.add(new Flight<>(new SlotBatch<>(ring, sources, countMax), fates.attempts(name, whenFailed)));
        }
        var answered = new Signal();
        var lane = new AsyncSinkLane<>(
                name,
                setup,
                new AsyncSinkLane.Traffic<>(deferred.async(), flights, new FlightLimit(limitMax), answered));
        site.grouping().taskEndWakes(answered, lane);
        return lane;
    }

    /** What has something to remember: a digest is of one run only. */
    private static @Nullable Object behindDigest(Sink<?> sink) {
        return sink instanceof DigestSink<?> digest ? digest.sink() : sink;
    }
}
