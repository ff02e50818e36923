package io.ringmain.perf.topology;

import io.ringmain.perf.work.Feed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Executors that are given a task per event; they have no other way. Their queues have no bound. */
final class ExecutorSide extends CountingSide {

    private static final long STOP_SECONDS_MAX = 60;

    private final List<ExecutorService> executors = new ArrayList<>();

    /** A task finds the count of the thread that it runs on. */
    private record Task(long number) implements Runnable {
        @Override
        public void run() {
            ((Workers.Counting) Thread.currentThread()).count().add(number);
        }
    }

    ExecutorSide(Topology topology, Feed feed, Workers workers) {
        super(topology, feed, false);
        switch (topology) {
            case POOL -> executors.add(workers.open(THREE, this::end));
            case PARTITION -> {
                for (int i = 0; i < THREE; i++) {
                    executors.add(workers.open(1, this::end));
                }
            }
            case MERGE, FAN_OUT, DIAMOND, TASKS ->
                throw new IllegalArgumentException(topology + ": no workers (expected: another side)");
        }
    }

    @Override
    protected void publish(long first, long end) {
        int lanes = executors.size();
        for (long number = first; number < end; number++) {
            executors.get(key(number) % lanes).execute(new Task(number));
        }
    }

    @Override
    protected void stop() throws InterruptedException {
        for (ExecutorService executor : executors) {
            executor.shutdown();
            if (!executor.awaitTermination(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new IllegalStateException(executor + ": still at work (expected: ended)");
            }
        }
    }
}
