package io.ringmain.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How a sink's events are gathered: a batch is written when it is full, when its first event has waited long enough, or at
 * the end of input.
 *
 * @param countMax the most events in a batch, at least 1 and at most the bound of the ring
 * @param bytesMax the most bytes that its events have together, at least 1, as {@link io.ringmain.spi.EventType#bytes} tells; an event that
 *     alone has more is a batch of its own, and what a type cannot tell weighs nothing
 * @param waitMax how long the first event of a batch may wait for others; zero writes what is there
 */
public record Batching(int countMax, long bytesMax, Duration waitMax) {

    /** As many bytes as the events have. */
    public static final long BYTES_UNBOUNDED = Long.MAX_VALUE;

    /** Up to 256 events, whatever is there, without waiting. */
    public static final Batching DEFAULT = new Batching(256, Duration.ZERO);

    /** Checks the numbers. */
    public Batching {
        if (countMax < 1) {
            throw new IllegalArgumentException("batching.countMax: " + countMax + " (expected: >= 1)");
        }
        if (bytesMax < 1) {
            throw new IllegalArgumentException("batching.bytesMax: " + bytesMax + " (expected: >= 1)");
        }
        if (requireNonNull(waitMax, "waitMax").isNegative()) {
            throw new IllegalArgumentException("batching.waitMax: " + waitMax + " (expected: >= 0)");
        }
    }

    /** Makes the batching of at most {@code countMax} events of however many bytes. */
    public Batching(int countMax, Duration waitMax) {
        this(countMax, BYTES_UNBOUNDED, waitMax);
    }

    /** Returns the batching of at most {@code countMax} events that waits at most {@code waitMax}. */
    public static Batching of(int countMax, Duration waitMax) {
        return new Batching(countMax, waitMax);
    }

    /** The same with at most {@code bytesMax} bytes in a batch. */
    public Batching bytes(long bytesMax) {
        return new Batching(countMax, bytesMax, waitMax);
    }
}
