package io.ringmain.internal.latency;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;

/**
 * A latency histogram with one writer: from 1 nanosecond to {@value #HIGHEST_SECONDS} seconds; longer values count as the
 * longest. Recording is wait-free and allocates nothing.
 *
 * <p>Thread: one thread records; any thread takes snapshots, one after the other.
 */
public final class Latency {

    /** The longest time kept apart, in seconds. */
    static final long HIGHEST_SECONDS = 600;

    private static final long HIGHEST_NS = HIGHEST_SECONDS * 1_000_000_000L;
    private static final int DIGITS = 2;

    private final SingleWriterRecorder recorder = new SingleWriterRecorder(1, HIGHEST_NS, DIGITS);
    private final Object lock = new Object();
    private final Histogram total = new Histogram(1, HIGHEST_NS, DIGITS);
    private @Nullable Histogram interval;

    /** Records one time of {@code ns}; a negative one, of an event newer than the caller's clock, as 0. */
    public void record(long ns) {
        recorder.recordValue(clamp(ns));
    }

    /** Records {@code count} times of {@code ns}. */
    public void record(long ns, long count) {
        recorder.recordValueWithCount(clamp(ns), count);
    }

    private static long clamp(long ns) {
        return Math.min(Math.max(ns, 0), HIGHEST_NS);
    }

    /** Returns a copy of all that was recorded so far. Allocates. */
    public Histogram snapshot() {
        synchronized (lock) {
            interval = recorder.getIntervalHistogram(interval);
            total.add(interval);
            return total.copy();
        }
    }
}
