package io.ringmain.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What happens to an event, or to a sink's batch, that failed with an exception. There is no default: a pipeline is built
 * only when its owner has chosen.
 */
public sealed interface WhenFailed {

    /** Stop the pipeline; the failed event stays in flight and is reported as left. */
    record Stop() implements WhenFailed {}

    /** Drop the event; counted as dropped, with the reason {@code skipped}. */
    record Skip() implements WhenFailed {}

    /** Keep the event as a dead letter. */
    record ToDeadLetters() implements WhenFailed {}

    /**
     * Try again after a pause, in order: the lane stays at the event, and what is behind it waits.
     *
     * @param retries how many attempts follow the first, at least 1
     * @param backoff how long to wait before each
     * @param within how long after the first failure an attempt may begin, positive; when the next pause would end behind that, the last attempt
     *     was the last. Null for any time
     * @param then what happens when the last attempt failed; not a retry itself
     */
    record Retry(int retries, Backoff backoff, @Nullable Duration within, WhenFailed then) implements WhenFailed {

        /** Checks the numbers. */
        public Retry {
            if (retries < 1) {
                throw new IllegalArgumentException("whenFailed.retry: " + retries + " (expected: >= 1)");
            }
            requireNonNull(backoff, "backoff");
            if (within != null && (within.isNegative() || within.isZero())) {
                throw new IllegalArgumentException("whenFailed.within: " + within + " (expected: > 0)");
            }
            if (requireNonNull(then, "then") instanceof Retry) {
                throw new IllegalArgumentException("whenFailed.then: retry (expected: stop, skip or dead letters)");
            }
        }

        /** Whether there is time for a pause of {@code pauseNs} when the first failure was {@code sinceNs} ago, both in nanoseconds. */
        public boolean allows(long pauseNs, long sinceNs) {
            // No duration is too long to be compared, though not all of them can be had in nanoseconds.
            return within == null
                    || Duration.ofNanos(pauseNs).plusNanos(sinceNs).compareTo(within) <= 0;
        }

        /** The same with an end in time, whatever the number of attempts. */
        public Retry within(Duration within) {
            return new Retry(retries, backoff, requireNonNull(within, "within"), then);
        }
    }

    /** Whether an event that fails for good becomes a dead letter. */
    default boolean buries() {
        return last() instanceof ToDeadLetters;
    }

    /** What happens when there is no further attempt; never a retry. */
    default WhenFailed last() {
        return this instanceof Retry retry ? retry.then : this;
    }

    /** Returns the policy that stops the pipeline. */
    static WhenFailed stop() {
        return new Stop();
    }

    /** Returns the policy that drops and counts the event. */
    static WhenFailed skip() {
        return new Skip();
    }

    /** Returns the policy that keeps the event as a dead letter. */
    static WhenFailed deadLetter() {
        return new ToDeadLetters();
    }

    /** Returns a policy of {@code retries} further attempts after pauses as of {@link Backoff#DEFAULT}, then {@code then}. */
    static Retry retry(int retries, WhenFailed then) {
        return retry(retries, Backoff.DEFAULT, then);
    }

    /** Returns a policy of {@code retries} further attempts with the given pauses, then {@code then}. */
    static Retry retry(int retries, Backoff backoff, WhenFailed then) {
        return new Retry(retries, backoff, null, then);
    }
}
