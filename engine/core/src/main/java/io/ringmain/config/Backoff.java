package io.ringmain.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between attempts: the longest doubles from {@code first} up to {@code cap}, and each pause is any time from none to the longest, so that
 * those who failed together do not all come back together. (M. Brooker, "Exponential Backoff And Jitter", 2015: full jitter.)
 *
 * @param first the longest pause before the second attempt, positive
 * @param cap the longest of all pauses, at least {@code first}, at most an hour
 * @param jitter whether pauses are drawn; otherwise each is as long as it can be
 */
public record Backoff(Duration first, Duration cap, boolean jitter) {

    /** The most that {@link #cap} may be: an hour. */
    public static final Duration CAP_MAX = Duration.ofHours(1);

    /** At most 10, 20, 40 … milliseconds, up to 30 seconds. */
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

    /** Makes pauses that are drawn. */
    public Backoff(Duration first, Duration cap) {
        this(first, cap, true);
    }

    /** The same with pauses that are exactly {@code first}, twice that, and so on: for those who come back alone. */
    public Backoff withoutJitter() {
        return new Backoff(first, cap, false);
    }

    /** Returns the longest pause after the failed attempt {@code attempt} (1 for the first), in nanoseconds. */
    public long pauseNsMax(int attempt) {
        long firstNs = first.toNanos();
        long capNs = cap.toNanos();
        // Past 63 doublings, or once the shift would pass the cap, the cap holds; this also avoids overflow.
        int doublings = attempt - 1;
        return doublings >= Long.numberOfLeadingZeros(firstNs) - 1 ? capNs : Math.min(capNs, firstNs << doublings);
    }

    /** Returns the pause after the failed attempt {@code attempt} (1 for the first), in nanoseconds, drawn from {@code random} if at all. */
    public long pauseNs(int attempt, RandomGenerator random) {
        long mostNs = pauseNsMax(attempt);
        return jitter ? random.nextLong(mostNs + 1) : mostNs;
    }
}
