package io.ringmain.logs.plan;

import static java.util.Objects.requireNonNull;

import io.ringmain.logs.file.StandardOutput;
import java.io.InputStream;
import java.util.function.LongSupplier;

/**
 * What a pipeline meets that no plan says: streams, clocks and a name. Whoever runs plans gives them.
 *
 * @param in what {@code stdin} reads; read by a thread of its own
 * @param out what {@code console} writes to; written by sinks' threads
 * @param host the name of this machine, for {@code host: true}
 * @param epochNs the time of day, in nanoseconds since 1970; called on the lanes
 * @param nanoTime a clock that only runs forward, in nanoseconds; called on the intake thread
 * @param stores makes what is kept on disk
 */
public record Surroundings(
        InputStream in, StandardOutput out, String host, LongSupplier epochNs, LongSupplier nanoTime, Stores stores) {

    /** Surroundings in which dead letters are kept in memory only, and no journal. */
    public Surroundings(InputStream in, StandardOutput out, String host, LongSupplier epochNs, LongSupplier nanoTime) {
        this(in, out, host, epochNs, nanoTime, Stores.NONE);
    }

    /** Checks that nothing is missing. */
    public Surroundings {
        requireNonNull(in, "in");
        requireNonNull(out, "out");
        requireNonNull(host, "host");
        requireNonNull(epochNs, "epochNs");
        requireNonNull(nanoTime, "nanoTime");
        requireNonNull(stores, "stores");
    }
}
