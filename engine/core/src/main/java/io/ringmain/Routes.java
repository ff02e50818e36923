package io.ringmain;

import static java.util.Objects.requireNonNull;

import io.ringmain.config.Batching;
import io.ringmain.config.Delivery;
import io.ringmain.config.Edge;
import io.ringmain.internal.assembly.SegmentPlan.SinkElement;
import io.ringmain.spi.Condition;
import io.ringmain.spi.Sink;
import java.util.ArrayList;
import java.util.List;

/**
 * Describes where events part: each goes to the sinks of the first route whose condition holds, or to those of {@link #otherwise}. The others do
 * not want it. An event that no route takes is filtered, unless a sink beside the routes takes it.
 *
 * <p>Thread: the builder's.
 *
 * @param <E> the event
 */
public final class Routes<E> {

    final List<Condition<? super E>> conditions = new ArrayList<>();
    final List<SinkElement<E>> sinks = new ArrayList<>();
    private boolean otherwise;

    Routes() {}

    /** Begins a route, which the sinks that follow belong to. */
    public Routes<E> when(Condition<? super E> condition) {
        if (otherwise) {
            throw new IllegalStateException("routes: a route behind otherwise (expected: otherwise last)");
        }
        conditions.add(requireNonNull(condition, "condition"));
        return this;
    }

    /** Begins the route of what no other route takes; the last one. */
    public Routes<E> otherwise() {
        when(event -> true);
        otherwise = true;
        return this;
    }

    /** Adds a sink with {@link Batching#DEFAULT} to the route. */
    public Routes<E> sink(String name, Sink<? super E> sink) {
        return sink(name, sink, Batching.DEFAULT);
    }

    /** Adds a sink to the route that is given batches as {@code batching} says. */
    public Routes<E> sink(String name, Sink<? super E> sink, Batching batching) {
        return sink(name, sink, Delivery.of(batching));
    }

    /** Adds a sink to the route that stands behind a ring of its own. */
    public Routes<E> sink(String name, Sink<? super E> sink, Batching batching, Edge edge) {
        return sink(name, sink, Delivery.of(batching).behind(edge));
    }

    /** Adds a sink to the route that is given its events as {@code delivery} says. */
    public Routes<E> sink(String name, Sink<? super E> sink, Delivery delivery) {
        if (conditions.isEmpty()) {
            throw new IllegalStateException("routes: sink " + name + " before the first route (expected: behind when)");
        }
        sinks.add(SinkElement.<E>of(name, sink, delivery).on(conditions.size() - 1));
        return this;
    }
}
