package io.ringmain.perf.compare;

import io.ringmain.Pipeline;
import io.ringmain.TaskPool;
import io.ringmain.config.PoolPolicy;
import io.ringmain.config.Pooling;
import io.ringmain.config.WhenFailed;
import io.ringmain.spi.Batch;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Source;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.function.LongUnaryOperator;

/** Who does tasks: numbers that a function is called with. Each opens its threads, does all of them, and closes. */
enum PoolSide {
    /** A pipeline with a pool: results come in order to a sink. */
    PIPELINE("ringmain pipeline, pool") {
        @Override
        long run(int tasks, int workers, LongUnaryOperator task) {
            Sum sum = new Sum();
            try (Pipeline<Cell> pipeline = Pipeline.of("compare", EventType.of(Cell::new))
                    .source("numbers", new Numbers(tasks))
                    .pool("task", pooling(workers), () -> cell -> {
                        cell.number = task.applyAsLong(cell.number);
                        return true;
                    })
                    .sink("sum", sum)
                    .whenFailed(WhenFailed.stop())
                    .build()) {
                pipeline.start();
                if (!pipeline.await().succeeded()) {
                    throw new IllegalStateException(pipeline.report() + " (expected: succeeded)");
                }
            }
            return sum.sum;
        }
    },
    /** A ring whose events are tasks, with a future for each. */
    TASK_POOL("ringmain TaskPool") {
        @Override
        long run(int tasks, int workers, LongUnaryOperator task) {
            try (TaskPool pool = TaskPool.of("compare", pooling(workers), RING)) {
                List<Future<Long>> results = new ArrayList<>(tasks);
                for (int i = 0; i < tasks; i++) {
                    long number = i;
                    results.add(pool.submit(() -> task.applyAsLong(number)));
                }
                return sum(results);
            }
        }
    },
    /** One after the other on the calling thread. */
    SEQUENTIAL("sequential") {
        @Override
        long run(int tasks, int workers, LongUnaryOperator task) {
            long sum = 0;
            for (int i = 0; i < tasks; i++) {
                sum += task.applyAsLong(i);
            }
            return sum;
        }
    },
    /** Java's own pool. */
    THREAD_POOL("ThreadPoolExecutor") {
        @Override
        long run(int tasks, int workers, LongUnaryOperator task) {
            return onExecutor(Executors.newFixedThreadPool(workers), tasks, task);
        }
    },
    /** Java's pool of thieves. */
    FORK_JOIN("ForkJoinPool") {
        @Override
        long run(int tasks, int workers, LongUnaryOperator task) {
            return onExecutor(new ForkJoinPool(workers), tasks, task);
        }
    },
    /** A thread for each task, on as many carriers as there are cores; JDK 21 and newer. */
    VIRTUAL("virtual threads") {
        @Override
        boolean isHere() {
            return virtual().isPresent();
        }

        @Override
        long run(int tasks, int workers, LongUnaryOperator task) {
            return onExecutor(virtual().orElseThrow(), tasks, task);
        }
    };

    private static final int RING = 1024;

    private final String title;

    PoolSide(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    boolean isHere() {
        return true;
    }

    /** Does {@code task} with the numbers from 0 to {@code tasks - 1}; returns the sum of the results. */
    abstract long run(int tasks, int workers, LongUnaryOperator task);

    private static final class Cell {
        private long number;
    }

    private static final class Sum implements Sink<Cell> {

        private long sum;

        @Override
        public void write(Batch<Cell> batch) {
            for (int i = 0; i < batch.size(); i++) {
                sum += batch.event(i).number;
            }
        }
    }

    private static final class Numbers implements Source<Cell> {

        private final int end;
        private int next;

        Numbers(int end) {
            this.end = end;
        }

        @Override
        public Status fill(io.ringmain.spi.Intake<Cell> intake, int max) {
            for (int i = 0; i < max && next < end; i++) {
                intake.claim(next).number = next++;
            }
            return next < end ? Status.READY : Status.END;
        }
    }

    /** As many from the start: a policy that adds them one by one would be measured instead. */
    private static Pooling pooling(int workers) {
        return Pooling.of(workers, workers).policy(PoolPolicy.byDepth(0));
    }

    private static long onExecutor(ExecutorService executor, int tasks, LongUnaryOperator task) {
        try {
            List<Future<Long>> results = new ArrayList<>(tasks);
            for (int i = 0; i < tasks; i++) {
                long number = i;
                results.add(executor.submit(() -> task.applyAsLong(number)));
            }
            return sum(results);
        } finally {
            executor.shutdown();
        }
    }

    private static long sum(List<Future<Long>> results) {
        long sum = 0;
        try {
            for (Future<Long> result : results) {
                sum += result.get();
            }
        } catch (ExecutionException failure) {
            throw new IllegalStateException("A task that cannot fail has failed.", failure);
        } catch (InterruptedException unexpected) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Nobody interrupts a measurement.", unexpected);
        }
        return sum;
    }

    /** By reflection: this is compiled for JDK 17. */
    private static Optional<ExecutorService> virtual() {
        try {
            return Optional.of((ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException older) {
            return Optional.empty();
        }
    }
}
