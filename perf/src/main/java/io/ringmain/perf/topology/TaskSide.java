package io.ringmain.perf.topology;

import io.ringmain.TaskPool;
import io.ringmain.config.Pooling;
import io.ringmain.perf.work.Feed;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Tasks instead of events: a window of them is submitted, then the results are taken in turn and counted. */
final class TaskSide extends CountingSide {

    private static final int WINDOW = 1024;
    private static final Duration STOP_MAX = Duration.ofMinutes(1);

    /** What takes tasks. */
    private interface Service {

        Future<Long> submit(Callable<Long> task);

        void stop();
    }

    private record Task(long number) implements Callable<Long> {
        @Override
        public Long call() {
            return number;
        }
    }

    private final Service service;
    private final Count count = end();
    private final Future<?>[] window = new Future<?>[WINDOW];

    private TaskSide(Service service) {
        super(Topology.TASKS, Feed.ONE_BY_ONE, true);
        this.service = service;
    }

    /** Ours. */
    static TaskSide ringmain() {
        TaskPool pool = TaskPool.of("ours", Pooling.of(THREE, THREE), RING);
        return new TaskSide(new Service() {
            @Override
            public Future<Long> submit(Callable<Long> task) {
                return pool.submit(task);
            }

            @Override
            public void stop() {
                if (!pool.shutdown(STOP_MAX)) {
                    throw new IllegalStateException(pool + ": still at work (expected: ended)");
                }
            }
        });
    }

    /** Those of the JDK. */
    static TaskSide of(Workers workers) {
        ExecutorService executor = workers.open(THREE, Count::new);
        return new TaskSide(new Service() {
            @Override
            public Future<Long> submit(Callable<Long> task) {
                return executor.submit(task);
            }

            @Override
            public void stop() {
                executor.shutdown();
            }
        });
    }

    @Override
    protected void publish(long first, long end) throws InterruptedException {
        for (long number = first; number < end; number += WINDOW) {
            int size = (int) Math.min(WINDOW, end - number);
            for (int i = 0; i < size; i++) {
                window[i] = service.submit(new Task(number + i));
            }
            for (int i = 0; i < size; i++) {
                count.add((Long) result(window[i]));
            }
        }
    }

    private static Object result(Future<?> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A task that cannot fail has failed.", e);
        }
    }

    @Override
    protected void stop() {
        service.stop();
    }
}
