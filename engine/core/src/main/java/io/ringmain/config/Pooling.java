package io.ringmain.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many workers a pool has, and how long one may work on an event.
 *
 * @param min the least number of workers, at least 1
 * @param max the most, at least {@code min} and at most {@value #WORKERS_MAX}
 * @param policy decides between them
 * @param idleAfter how long the last worker must have had nothing to do before the policy is asked whether it may go
 * @param timeLimit how long a worker may take for an event, null for any time. With a limit the stage works on a copy of the event, on a
 *     thread beside the worker; when the time is up the attempt fails with the reason {@code time_limit}, and whatever the stage still does
 *     reaches only the copy. The next event gets a new instance of the stage and a new thread, because the old ones are still at work. A worker of whose old ones eight have not
 *     returned takes no event until one has.
 */
public record Pooling(
        int min,
        int max,
        PoolPolicy policy,
        Duration idleAfter,
        @Nullable Duration timeLimit) {

    /** The most workers of a pool: {@value}. */
    public static final int WORKERS_MAX = 256;

    /** How many events wait for each worker before there is one more, if not said: {@value}. */
    public static final int DEPTH_PER_WORKER_DEFAULT = 16;

    private static final Duration IDLE_AFTER_DEFAULT = Duration.ofSeconds(1);

    /** Checks the numbers. */
    public Pooling {
        if (min < 1 || min > WORKERS_MAX) {
            throw new IllegalArgumentException("pool.min: " + min + " (expected: from 1 to " + WORKERS_MAX + ")");
        }
        if (max < min || max > WORKERS_MAX) {
            throw new IllegalArgumentException(
                    "pool.max: " + max + " (expected: from min, " + min + ", to " + WORKERS_MAX + ")");
        }
        requireNonNull(policy, "policy");
        requirePositive("pool.idleAfter", idleAfter);
        if (timeLimit != null) {
            requirePositive("pool.timeLimit", timeLimit);
        }
    }

    private static void requirePositive(String what, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(what + ": " + duration + " (expected: > 0)");
        }
    }

    /** From {@code min} to {@code max} workers by depth, one less after a second without work, no time limit. */
    public static Pooling of(int min, int max) {
        return new Pooling(min, max, PoolPolicy.byDepth(DEPTH_PER_WORKER_DEFAULT), IDLE_AFTER_DEFAULT, null);
    }

    /** The same with another policy. */
    public Pooling policy(PoolPolicy policy) {
        return new Pooling(min, max, policy, idleAfter, timeLimit);
    }

    /** The same with another idle time. */
    public Pooling idleAfter(Duration idleAfter) {
        return new Pooling(min, max, policy, idleAfter, timeLimit);
    }

    /** The same with a time limit. */
    public Pooling timeLimit(Duration timeLimit) {
        return new Pooling(min, max, policy, idleAfter, timeLimit);
    }
}
