package io.ringmain.window;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * When a batch of events is complete: what comes first.
 *
 * @param countMax the most events that it has, at least 1
 * @param bytesMax the most bytes that they have together, at least 1; an event that alone has more is a batch of its own
 * @param waitMax how long its first event waits for others, at least a millisecond; {@link #FOR_EVER} for no limit
 */
public record BatchLimits(long countMax, long bytesMax, Duration waitMax) {

    /** No limit of time. */
    public static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

    /** Checks the numbers. */
    public BatchLimits {
        if (countMax < 1) {
            throw new IllegalArgumentException("batch.countMax: " + countMax + " (expected: >= 1)");
        }
        if (bytesMax < 1) {
            throw new IllegalArgumentException("batch.bytesMax: " + bytesMax + " (expected: >= 1)");
        }
        if (requireNonNull(waitMax, "waitMax").compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("batch.waitMax: " + waitMax + " (expected: >= 1 ms)");
        }
        waitMax = waitMax.compareTo(FOR_EVER) > 0 ? FOR_EVER : waitMax;
    }

    /** Up to {@code countMax} events, however long that takes. */
    public static BatchLimits of(long countMax) {
        return new BatchLimits(countMax, Long.MAX_VALUE, FOR_EVER);
    }

    /** The same with at most {@code bytesMax} bytes. */
    public BatchLimits bytes(long bytesMax) {
        return new BatchLimits(countMax, bytesMax, waitMax);
    }

    /** The same with a limit of time. */
    public BatchLimits within(Duration waitMax) {
        return new BatchLimits(countMax, bytesMax, waitMax);
    }
}
