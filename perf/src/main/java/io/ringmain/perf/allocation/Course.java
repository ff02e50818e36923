package io.ringmain.perf.allocation;

import com.sun.management.ThreadMXBean;
import io.ringmain.Pipeline;
import io.ringmain.PipelineState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * A running way: moves events through its pipeline and tells what all threads of the pipeline, and the publishing one, have
 * allocated.
 *
 * <p>Thread: one, which publishes.
 */
public final class Course implements AutoCloseable {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Track track;
    private final Pipeline<?> pipeline;
    private final long[] threads;
    private long wanted;
    private long runs;
    private volatile long run;

    /** Starts the pipeline of {@code track}. */
    Course(String way, Track track) {
        this.track = track;
        String name = "allocation-" + way;
        pipeline = track.build(name, this);
        pipeline.start();
        threads = threadsOf(name + '/');
    }

    private static long[] threadsOf(String prefix) {
        Thread[] all = new Thread[2 * Thread.activeCount() + 16];
        int count = Thread.enumerate(all);
        return Arrays.stream(all, 0, count)
                .filter(thread -> thread.getName().startsWith(prefix) || thread == Thread.currentThread())
                .mapToLong(Thread::getId)
                .toArray();
    }

    /** How many events the present run has. */
    long wanted() {
        return wanted;
    }

    /** The number of the present run, from 1. */
    long run() {
        return run;
    }

    /** How many threads are watched: the publishing one, the lanes', a push source's, the supervisor. */
    public int threads() {
        return threads.length;
    }

    /** Moves {@code events} to the end of the way. */
    @SuppressWarnings("ThreadPriorityCheck") // Parking would make the waits of slow ways longer than the work.
    public void move(long events) {
        long marksBefore = track.marks();
        wanted = events;
        runs++;
        // One thread writes; a source sees the number only after what it wants.
        run = runs;
        track.give();
        while (track.marks() == marksBefore) {
            checkRunning();
            track.giveAgain();
            Thread.yield();
        }
    }

    /** A run whose pipeline has stopped would never end. */
    private void checkRunning() {
        if (pipeline.state() == PipelineState.CLOSED) {
            throw new IllegalStateException("report: " + pipeline.report() + " (expected: still running)");
        }
    }

    /** The bytes that the threads have allocated so far. */
    public long allocated() {
        long bytes = 0;
        for (long perThread : THREADS.getThreadAllocatedBytes(threads)) {
            if (perThread < 0) {
                throw new IllegalStateException("a thread of " + pipeline + " has ended (expected: all alive)");
            }
            bytes += perThread;
        }
        return bytes;
    }

    @Override
    public void close() {
        pipeline.close();
        try {
            track.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!pipeline.report().succeeded() || !pipeline.report().accounts().balanced()) {
            throw new IllegalStateException("report: " + pipeline.report() + " (expected: succeeded and balanced)");
        }
    }
}
