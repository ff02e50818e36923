package io.ringmain.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Pauses between attempts that double from {@code first} up to {@code cap}.
 *
 * @param first the pause before the second attempt, positive
 * @param cap the longest pause, at least {@code first}, at most an hour
 */
public record Backoff(Duration first, Duration cap) {

    private static final Duration CAP_MAX = Duration.ofHours(1);

    /** 10, 20, 40 … milliseconds, up to 30 seconds. */
    public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(10), Duration.ofSeconds(30));

    /** Checks the durations. */
    public Backoff {
        if (requireNonNull(first, "first").isNegative() || first.isZero()) {
            throw new IllegalArgumentException("backoff.first: " + first + " (expected: > 0)");
        }
        if (requireNonNull(cap, "cap").compareTo(first) < 0 || cap.compareTo(CAP_MAX) > 0) {
            throw new IllegalArgumentException(
                    "backoff.cap: " + cap + " (expected: from " + first + " to " + CAP_MAX + ')');
        }
    }

    /** Returns the pause after the failed attempt {@code attempt} (1 for the first), in nanoseconds. */
    public long pauseNs(int attempt) {
        long firstNs = first.toNanos();
        long capNs = cap.toNanos();
        // Past 63 doublings, or once the shift would pass the cap, the cap holds; this also avoids overflow.
        int doublings = attempt - 1;
        return doublings >= Long.numberOfLeadingZeros(firstNs) - 1 ? capNs : Math.min(capNs, firstNs << doublings);
    }
}
