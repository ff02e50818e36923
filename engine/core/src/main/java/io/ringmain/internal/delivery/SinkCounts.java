package io.ringmain.internal.delivery;

import io.ringmain.internal.counters.Counter;
import io.ringmain.internal.latency.Latency;

/**
 * What the lane of a sink has counted.
 *
 * <p>Thread: the lane counts, any reads. Who reads more than one asks for {@link #offered} last: the lane counts it first.
 */
public final class SinkCounts {

    final Counter offered = new Counter();
    final Counter delivered = new Counter();
    final Counter notWanted = new Counter();
    final Counter dropped = new Counter();
    final Counter dead = new Counter();
    final Counter failed = new Counter();
    final Latency waited = new Latency();
    final Latency service = new Latency();

    SinkCounts() {}

    /** How many events the sink was given, retries not counted again. */
    public long offered() {
        return offered.value();
    }

    /** How many events the sink took. */
    public long delivered() {
        return delivered.value();
    }

    /** How many events the sink did not want. */
    public long notWanted() {
        return notWanted.value();
    }

    /** How many events were dropped because the sink failed. */
    public long dropped() {
        return dropped.value();
    }

    /** How many events became dead letters because the sink failed. */
    public long dead() {
        return dead.value();
    }

    /** How many attempts failed, in whole or in part. */
    public long failed() {
        return failed.value();
    }

    /** How long sampled events waited for the lane. */
    public Latency waited() {
        return waited;
    }

    /** How long the writes took. */
    public Latency service() {
        return service;
    }
}
