package io.ringmain.internal.window;

import java.time.Duration;

/** Lengths of time in nanoseconds, of which none is longer than time itself. */
final class Durations {

    private Durations() {}

    /** The nanoseconds of {@code duration}; {@link Long#MAX_VALUE} if they are more. */
    static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException tooLong) {
            return Long.MAX_VALUE;
        }
    }

    /** The sum of a time and a length that is not negative; {@link Long#MAX_VALUE} if it is more. */
    static long sum(long time, long length) {
        long sum = time + length;
        return sum < time ? Long.MAX_VALUE : sum;
    }
}
