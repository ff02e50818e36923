package io.ringmain;

import static java.util.Objects.requireNonNull;

import io.ringmain.config.WhenFailed;
import io.ringmain.internal.run.SystemClock;
import io.ringmain.spi.Clock;
import io.ringmain.spi.FailureKind;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Tries again what fails, on the caller's own thread: for code beside a pipeline, such as the {@code open} of a source. Stages and sinks need no such thing, as
 * the engine tries them again, and must not use it, for it sleeps.
 *
 * <p>Thread: any.
 */
public final class Retry {

    private Retry() {}

    /**
     * Calls {@code action} until it succeeds, at most as often and as long as {@code policy} says, and returns what it returned.
     *
     * @param policy how often, with which pauses and how long; what it says to come last is not done: the caller is told
     * @param action what is tried; an exception that is {@linkplain FailureKind#of by itself} permanent is not tried again
     * @throws Exception what the last attempt threw; at once, and with the thread's flag set, if the thread is interrupted
     */
    public static <T extends @Nullable Object> T call(WhenFailed.Retry policy, Callable<T> action) throws Exception {
        return call(policy, action, new SystemClock());
    }

    /** As {@link #call(WhenFailed.Retry, Callable)}, by the time of {@code clock}; for tests. */
    public static <T extends @Nullable Object> T call(WhenFailed.Retry policy, Callable<T> action, Clock clock)
            throws Exception {
        requireNonNull(policy, "policy");
        requireNonNull(action, "action");
        requireNonNull(clock, "clock");
        SplittableRandom random = new SplittableRandom();
        long firstFailedNs = 0;
        for (int failed = 0; ; ) {
            try {
                return action.call();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw interrupted;
            } catch (Exception failure) {
                long nowNs = clock.nowNs();
                firstFailedNs = failed == 0 ? nowNs : firstFailedNs;
                failed++;
                if (failed > policy.retries() || FailureKind.of(failure) == FailureKind.PERMANENT) {
                    throw failure;
                }
                long pauseNs = policy.backoff().pauseNs(failed, random);
                if (!policy.allows(pauseNs, nowNs - firstFailedNs) || !slept(pauseNs, clock)) {
                    throw failure;
                }
            }
        }
    }

    private static boolean slept(long pauseNs, Clock clock) {
        try {
            clock.sleepNs(pauseNs);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
