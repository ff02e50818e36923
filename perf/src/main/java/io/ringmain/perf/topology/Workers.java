package io.ringmain.perf.topology;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The executors of the JDK, whose threads have a count each. */
enum Workers {
    /** With a {@link LinkedBlockingQueue}, as {@code Executors.newFixedThreadPool} makes it. */
    THREAD_POOL {
        @Override
        ExecutorService open(int threads, Supplier<Count> counts) {
            return new ThreadPoolExecutor(
                    threads,
                    threads,
                    0,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    task -> new PoolThread(task, counts.get()));
        }
    },
    /** In the order of submission, as for events. */
    FORK_JOIN {
        @Override
        ExecutorService open(int threads, Supplier<Count> counts) {
            return new ForkJoinPool(threads, pool -> new ForkThread(pool, counts.get()), null, true);
        }
    };

    /** Opens an executor with a count for each thread. */
    abstract ExecutorService open(int threads, Supplier<Count> counts);

    /** A thread with a count. */
    interface Counting {
        Count count();
    }

    private static final class PoolThread extends Thread implements Counting {

        private final Count count;

        PoolThread(Runnable task, Count count) {
            super(task, "pool");
            this.count = count;
            setDaemon(true);
        }

        @Override
        public Count count() {
            return count;
        }
    }

    private static final class ForkThread extends ForkJoinWorkerThread implements Counting {

        private final Count count;

        ForkThread(ForkJoinPool pool, Count count) {
            super(pool);
            this.count = count;
        }

        @Override
        public Count count() {
            return count;
        }
    }
}
