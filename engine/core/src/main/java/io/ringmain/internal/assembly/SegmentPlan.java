package io.ringmain.internal.assembly;

import static java.util.Objects.requireNonNull;

import io.ringmain.config.Delivery;
import io.ringmain.config.InFlight;
import io.ringmain.config.Parking;
import io.ringmain.config.Pooling;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.internal.delivery.DeferredSink;
import io.ringmain.internal.ring.RouteColumn;
import io.ringmain.internal.stage.KeyedStages;
import io.ringmain.internal.stage.Step;
import io.ringmain.internal.window.WindowEmitter;
import io.ringmain.spi.AsyncSink;
import io.ringmain.spi.Condition;
import io.ringmain.spi.Emitter;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Stage;
import io.ringmain.spi.Stateful;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One segment as it was described: its events and what they meet, in order.
 *
 * @param <E> the event
 */
public final class SegmentPlan<E> {

    /** How many slots a ring holds if nobody says: {@value}. */
    public static final int BOUND_DEFAULT = 8192;

    /** What an event meets on its way. */
    public sealed interface Element<E> {}

    /** A stage. */
    public record StageElement<E>(Step<E> step) implements Element<E> {}

    /** A stage that several lanes may share, each with an instance of its own. */
    public record StripedElement<E>(String name, Supplier<Step<E>> steps) implements Element<E> {}

    /** A stage with workers of its own, each with an instance. */
    public record PoolElement<E>(
            String name, Pooling pooling, int blockMax, Supplier<? extends Stage<? super E>> stages)
            implements Element<E> {}

    /** A stage that several lanes share by the keys of the events; {@code lanes} of them at most and at first. */
    public record PartitionElement<E>(String name, ToLongFunction<? super E> key, int lanes, KeyedStages<E> stages)
            implements Element<E> {

        /** The name of the step that finds the keys. */
        public String keyName() {
            return name + ".key";
        }
    }

    /** The end of a fused lane. */
    public record BoundaryElement<E>() implements Element<E> {}

    /**
     * A sink, which later stages wait for.
     *
     * @param delivery how it is given its events
     * @param route the index of the route that leads to it, or {@link RouteColumn#NONE}
     */
    public record SinkElement<E>(String name, Sink<E> sink, Delivery delivery, int route) implements Element<E> {

        /** A sink that is given every live event. */
        @SuppressWarnings("unchecked") // A batch only gives events, so a sink of a supertype can take it.
        public static <E> SinkElement<E> of(String name, Sink<? super E> sink, Delivery delivery) {
            return new SinkElement<>(
                    requireNonNull(name, "name"),
                    (Sink<E>) requireNonNull(sink, "sink"),
                    requireNonNull(delivery, "delivery"),
                    RouteColumn.NONE);
        }

        /** An asynchronous sink that is given every live event. */
        @SuppressWarnings("unchecked") // As above.
        public static <E> SinkElement<E> of(
                String name, AsyncSink<? super E> sink, InFlight inFlight, Delivery delivery) {
            AsyncSink<E> async = (AsyncSink<E>) requireNonNull(sink, "sink");
            return of(name, new DeferredSink<>(async, requireNonNull(inFlight, "inFlight")), delivery);
        }

        /** Whether it has a policy of its own that makes dead letters. */
        boolean buries() {
            WhenFailed own = delivery.whenFailed();
            return own != null && own.buries();
        }

        /** This sink on a route. */
        public SinkElement<E> on(int route) {
            return new SinkElement<>(name, sink, delivery, route);
        }
    }

    /** Where events part: each goes to the sinks of the first route whose condition holds. */
    public record RoutesElement<E>(Step<E> step, List<Condition<? super E>> conditions, List<SinkElement<E>> sinks)
            implements Element<E> {}

    /**
     * The way into the next segment.
     *
     * @param edge what the next ring, of the same events, does when it is full; null if its events are results
     * @param parking that the step is a stage whose failed events are set aside; null if it is not
     */
    public record IntoElement<E, R>(
            Step<E> step,
            Emitter<? super E, R> emitter,
            SegmentPlan<R> next,
            @Nullable WhenFull edge,
            @Nullable Parking parking) {

        /** How many lanes add events to the window, if it is one and there are others than its own; else 1. */
        int windowLanes() {
            return emitter instanceof WindowEmitter<?, ?> window ? window.lanes() : 1;
        }
    }

    /** How the events are made. */
    public final EventType<E> type;
    /** The most slots claimed at a time. */
    public int bound = BOUND_DEFAULT;
    /** What the events meet. */
    public final List<Element<E>> elements = new ArrayList<>();
    /** The way on; null in the last segment. */
    public @Nullable IntoElement<E, ?> into;

    /** Names the stages, and the emitter, that remember something; and those that set events aside. */
    List<String> statefulNames() {
        List<String> names = new ArrayList<>();
        for (Element<E> element : elements) {
            if (element instanceof StageElement<E> stage && stage.step().user() instanceof Stateful) {
                names.add("stage " + stage.step().name());
            } else if (element instanceof PartitionElement<E> partition
                    && partition.stages().areStateful()) {
                names.add("stage " + partition.name());
            }
        }
        if (into != null && into.step().user() instanceof Stateful) {
            names.add("stage " + into.step().name());
        }
        if (into != null && into.emitter() instanceof Stateful) {
            names.add("emitter " + into.step().name());
        }
        if (into != null && into.parking() != null) {
            names.add("stage " + into.step().name() + ".parking");
        }
        return names;
    }

    /** With how many lanes each partition begins, in the order in which they are built. */
    List<Integer> partitionLanes() {
        List<Integer> lanes = new ArrayList<>();
        for (Element<E> element : elements) {
            if (element instanceof PartitionElement<E> partition) {
                lanes.add(partition.lanes());
            }
        }
        if (into != null && into.windowLanes() > 1) {
            lanes.add(into.windowLanes());
        }
        return lanes;
    }

    /** How often the emitter wants to be told what time it is; 0 for never. */
    long tickNs() {
        return into == null ? 0 : into.emitter().tickNs();
    }

    /** The sinks of events that come too late for the way on. */
    List<SinkElement<E>> lateSinks() {
        List<SinkElement<E>> late = new ArrayList<>();
        for (Element<E> element : elements) {
            if (element instanceof SinkElement<E> sink && sink.route() == RouteColumn.LATE) {
                late.add(sink);
            }
        }
        return late;
    }

    /** Whether a sink has a policy of its own that makes dead letters. */
    boolean buries() {
        for (Element<E> element : elements) {
            if (element instanceof SinkElement<E> sink && sink.buries()) {
                return true;
            }
            if (element instanceof RoutesElement<E> routes
                    && routes.sinks().stream().anyMatch(SinkElement::buries)) {
                return true;
            }
        }
        return false;
    }

    /** Makes an empty segment of events of {@code type}. */
    public SegmentPlan(EventType<E> type) {
        this.type = type;
    }
}
