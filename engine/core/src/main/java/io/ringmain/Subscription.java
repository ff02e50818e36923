package io.ringmain;

import io.ringmain.Report.SubscriberReport;
import io.ringmain.internal.delivery.SubscriberLane;

/**
 * A sink that joined a running pipeline.
 *
 * <p>Thread: any.
 */
public final class Subscription implements AutoCloseable {

    private final SubscriberLane<?> lane;

    Subscription(SubscriberLane<?> lane) {
        this.lane = lane;
    }

    /** The name that it was given. */
    public String name() {
        return lane.name();
    }

    /** Whether events still come, or are still to come: it has not been closed, has not failed, and the pipeline has not ended. */
    public boolean isOpen() {
        return lane.isOpen();
    }

    /** What it has seen so far; final once it is not open. */
    public SubscriberReport report() {
        return Reporter.subscriber(lane);
    }

    /** How many events wait for it, counted slot by slot: for moments when no lane moves. */
    long inFlightMeasured() {
        return lane.inFlightMeasured();
    }

    /**
     * Leaves: after the call that its sink is in, the sink is given no more events and the ring is not held back for it; then the sink is flushed and
     * closed on its own thread. Returns at once. What had come and was not given stays in flight in its accounts. Idempotent.
     */
    @Override
    public void close() {
        lane.leave();
    }

    @Override
    public String toString() {
        return "Subscription{name=" + name() + ", open=" + isOpen() + '}';
    }
}
