package io.ringmain.config;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * How a sink is given its events.
 *
 * @param batching how many at a time
 * @param edge the ring that it has of its own; null if it takes the events from the ring before it
 * @param breaker when it is left alone; null if it is called again and again
 * @param whenFailed what happens to events that it could not take; null if the pipeline's policy holds
 */
public record Delivery(
        Batching batching,
        @Nullable Edge edge,
        @Nullable Breaker breaker,
        @Nullable WhenFailed whenFailed) {

    /** With {@link Batching#DEFAULT}, no ring of its own, no breaker and the pipeline's policy. */
    public static final Delivery DEFAULT = new Delivery(Batching.DEFAULT, null, null, null);

    /** Checks that nothing is missing. */
    public Delivery {
        requireNonNull(batching, "batching");
    }

    /** Returns a delivery in batches as {@code batching} says. */
    public static Delivery of(Batching batching) {
        return DEFAULT.batching(batching);
    }

    /** The same with other batches. */
    public Delivery batching(Batching batching) {
        return new Delivery(batching, edge, breaker, whenFailed);
    }

    /**
     * The same behind a ring of the sink's own, into which the events that it wants are copied: until that ring is full, and never if {@code
     * edge} drops what finds it full, the sink holds nobody else back.
     */
    public Delivery behind(Edge edge) {
        return new Delivery(batching, requireNonNull(edge, "edge"), breaker, whenFailed);
    }

    /** The same with a breaker. */
    public Delivery breaker(Breaker breaker) {
        return new Delivery(batching, edge, requireNonNull(breaker, "breaker"), whenFailed);
    }

    /** The same with a policy of the sink's own in place of the pipeline's. */
    public Delivery whenFailed(WhenFailed whenFailed) {
        return new Delivery(batching, edge, breaker, requireNonNull(whenFailed, "whenFailed"));
    }

    /** The same without a ring of the sink's own. */
    public Delivery straight() {
        return new Delivery(batching, null, breaker, whenFailed);
    }
}
