package io.ringmain;

import static java.util.Objects.requireNonNull;

import io.ringmain.config.Pooling;
import io.ringmain.config.WhenFailed;
import io.ringmain.spi.Batch;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Publication;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A pool for tasks instead of events, for programs that come from an {@code ExecutorService}: submit, get a future, shut down.
 *
 * <pre>{@code
 * try (TaskPool pool = TaskPool.of("images", Pooling.of(1, 4), 1024)) {
 *     CompletableFuture<Image> image = pool.submit(() -> load(path));
 *     …
 * }
 * }</pre>
 *
 * Unlike an executor's, its queue is bounded: {@link #submit} waits for room. Tasks are begun in the order in which they were
 * submitted. A task that throws completes its future with what it threw and disturbs nobody, unless it is an {@link Error}: that ends the pool
 * too. Every future of a task that was accepted completes: if the pool ends before the task was begun, it is cancelled.
 *
 * <p>A submission allocates the future and what holds the task; it is not the path for millions of events per second, a pool in a
 * pipeline is.
 *
 * <p>Thread: any, also a task of the pool. A task never waits for room in its own pool: {@link #submit} rejects where it would. A task that
 * waits for another one by {@link CompletableFuture#get()} or {@link CompletableFuture#join} of the future that was returned, and not of one made from it,
 * does that task itself if nobody has begun it. A task that shuts its pool down does not wait for the end.
 */
public final class TaskPool implements AutoCloseable {

    private static final String STAGE = "tasks";

    private final String name;
    private final Pipeline<Slot> pipeline;
    private final Pool pool;
    private final AtomicLong submitted = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong numbers = new AtomicLong();
    // Accepted and not begun, by number. Whoever removes a task from it may begin it, or give it back.
    private final ConcurrentSkipListMap<Long, Task<?>> waiting = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<Long, Callable<?>> givenBack = new ConcurrentSkipListMap<>();
    private volatile boolean givesBack;
    private volatile boolean ended;

    /** How far a pool has come: tasks accepted, and of those how many have ended, well or not. */
    public record Progress(long submitted, long done) {

        /** The part that has ended, from 0 to 1; 1 when nothing was submitted. */
        public double ratio() {
            return submitted == 0 ? 1 : (double) done / submitted;
        }
    }

    private record Task<V>(long number, Callable<V> work, CompletableFuture<V> future) {}

    /** A worker that waits for a task which nobody has begun does it itself: no other worker might ever be free. */
    private final class TaskFuture<V> extends CompletableFuture<V> {

        private @Nullable Task<V> task;

        private void help() {
            Task<V> mine = task;
            if (mine != null && !isDone() && pipeline.isOnOwnThread() && waiting.remove(mine.number) != null) {
                TaskPool.this.run(mine);
            }
        }

        @Override
        public V get() throws InterruptedException, ExecutionException {
            help();
            return super.get();
        }

        @Override
        public V get(long atMost, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
            help();
            return super.get(atMost, unit);
        }

        @Override
        public V join() {
            help();
            return super.join();
        }
    }

    private static final class Slot {
        private @Nullable Task<?> task;
    }

    /** Behind the workers: ends when they have no more to do, or are not to do it. */
    private final class End implements Sink<Slot> {

        @Override
        public void write(Batch<Slot> batch) {}

        @Override
        public void close() {
            ended = true;
            giveBack();
        }
    }

    private TaskPool(String name, Pooling pooling, int bound) {
        this.name = name;
        Stage<Slot> stage = slot -> {
            work(requireNonNull(slot.task, "task"));
            slot.task = null;
            return true;
        };
        pipeline = Pipeline.of(name, EventType.of(Slot::new))
                .bound(bound)
                // One at a time: a task that is not begun must not stand behind one that takes long while another
                // worker is free.
                .pool(STAGE, pooling, 1, () -> stage)
                .sink("done", new End())
                .whenFailed(WhenFailed.stop())
                .build()
                .start();
        pool = pipeline.pool(STAGE);
    }

    /**
     * Makes a pool and starts it.
     *
     * @param pooling how many workers; no time limit: cancel what takes too long by its own means
     * @param bound how many tasks wait or are at work at a time, at least 1
     */
    public static TaskPool of(String name, Pooling pooling, int bound) {
        requireNonNull(name, "name");
        if (pooling.timeLimit() != null) {
            throw new IllegalArgumentException("pooling.timeLimit: " + pooling.timeLimit()
                    + " (expected: none); a task is no copy that could be given up");
        }
        return new TaskPool(name, pooling, bound);
    }

    private void work(Task<?> task) {
        if (!givesBack && waiting.remove(task.number) != null) {
            run(task);
        }
    }

    /** Counts before it completes: whoever has the result sees it counted. */
    private <V> void run(Task<V> task) {
        V result;
        try {
            result = task.work.call();
        } catch (Exception failure) {
            done.incrementAndGet();
            task.future.completeExceptionally(failure);
            return;
        } catch (Error error) {
            done.incrementAndGet();
            task.future.completeExceptionally(error);
            throw error;
        }
        done.incrementAndGet();
        task.future.complete(result);
    }

    /** Gives back what was accepted and not begun. */
    private void giveBack() {
        for (Long number : waiting.keySet()) {
            Task<?> task = waiting.remove(number);
            if (task != null) {
                givenBack.put(number, task.work);
                done.incrementAndGet();
                task.future.cancel(false);
            }
        }
    }

    private <V> Task<V> task(Callable<V> work) {
        var future = new TaskFuture<V>();
        Task<V> made = new Task<>(numbers.incrementAndGet(), requireNonNull(work, "task"), future);
        future.task = made;
        return made;
    }

    /** Puts an accepted task into its slot. */
    private void accept(Slot slot, Task<?> task) {
        slot.task = task;
        submitted.incrementAndGet();
        waiting.put(task.number, task);
        if (ended) {
            // It was claimed before the end, and no worker will come.
            giveBack();
        }
    }

    private RejectedExecutionException rejected(Publication outcome) {
        String why =
                switch (outcome) {
                    case INTERRUPTED -> "interrupted while waiting for room";
                    case FULL -> "there is no room, and a worker that waited for it might wait for itself";
                    case CLOSED, DROPPED, PUBLISHED -> "the pool is shut down";
                };
        return new RejectedExecutionException(name + ": " + why + "; the task was not accepted");
    }

    /**
     * Submits a task; waits for room, unless the caller is itself a task of the pool.
     *
     * @throws RejectedExecutionException if the pool is shut down, if a task of the pool submits and there is no room, or if the thread was
     *     interrupted while it waited; its flag is set
     */
    public <V> CompletableFuture<V> submit(Callable<V> task) {
        Task<V> made = task(task);
        Publication outcome = pipeline.publisher().publish(this::accept, made);
        if (outcome != Publication.PUBLISHED) {
            throw rejected(outcome);
        }
        return made.future;
    }

    /** Submits a task without a result; as {@link #submit(Callable)}. */
    public CompletableFuture<Void> submit(Runnable task) {
        requireNonNull(task, "task");
        return submit(() -> {
            task.run();
            return null;
        });
    }

    /**
     * Submits a task if there is room now.
     *
     * @return the future, or null if there is no room
     * @throws RejectedExecutionException if the pool is shut down
     */
    public <V> @Nullable CompletableFuture<V> trySubmit(Callable<V> task) {
        Task<V> made = task(task);
        Publication outcome = pipeline.publisher().tryPublish(this::accept, made);
        if (outcome == Publication.PUBLISHED) {
            return made.future;
        }
        if (outcome == Publication.CLOSED) {
            throw rejected(outcome);
        }
        return null;
    }

    /**
     * Submits all tasks, each as {@link #submit(Callable)} does; the futures are in the order of the tasks. The futures of those that were not
     * accepted are cancelled.
     */
    public <V> List<CompletableFuture<V>> submitAll(Iterable<? extends Callable<V>> tasks) {
        List<CompletableFuture<V>> futures = new ArrayList<>();
        for (Callable<V> task : tasks) {
            try {
                futures.add(submit(task));
            } catch (RejectedExecutionException shutDown) {
                var refused = new CompletableFuture<V>();
                refused.cancel(false);
                futures.add(refused);
            }
        }
        return futures;
    }

    /** How far it has come. */
    public Progress progress() {
        // In this order, so that no more are done than were submitted.
        long ended = done.get();
        return new Progress(submitted.get(), ended);
    }

    /** Whether it accepts no more tasks. */
    public boolean isShutdown() {
        return pipeline.state() != PipelineState.STARTED;
    }

    /** The workers, to look at and to resize. */
    public Pool pool() {
        return pool;
    }

    /**
     * Accepts no more tasks, and waits until those that were accepted have ended.
     *
     * @param deadline how long to wait; what is still at work then goes on, but is not waited for, and what was not begun is cancelled
     * @return whether all have ended
     */
    public boolean shutdown(Duration deadline) {
        return pipeline.drain(deadline).accounts().inFlight() == 0;
    }

    /**
     * Accepts no more tasks, gives back those that were not begun, in the order in which they were submitted, with their futures cancelled, and
     * waits for those that were.
     *
     * @param deadline how long to wait; what is still at work then goes on, but is not waited for
     */
    public List<Callable<?>> shutdownNow(Duration deadline) {
        givesBack = true;
        giveBack();
        pipeline.drain(deadline);
        return List.copyOf(givenBack.values());
    }

    /** Shuts down; waits as long as it takes. */
    @Override
    public void close() {
        pipeline.endInput();
        pipeline.await();
    }

    @Override
    public String toString() {
        return "TaskPool{name=" + name + ", " + progress() + ", " + pool + '}';
    }
}
