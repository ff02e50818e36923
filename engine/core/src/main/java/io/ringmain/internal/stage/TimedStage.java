package io.ringmain.internal.stage;

import io.ringmain.internal.run.Parker;
import io.ringmain.spi.EventType;
import io.ringmain.spi.FailureKind;
import io.ringmain.spi.Stage;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The user's stage under a time limit: it works on a copy of the event, on a thread of its own, while the lane stays at the event.
 *
 * <pre>
 *   lane   copies the event ─▶ GIVEN ──────────────▶ DONE ─▶ copies it back ─▶ FREE
 *   task                         └─ works on the copy ─┘
 *   lane, when the time is up    GIVEN ─▶ ABANDONED: the copy, the stage and the thread are never used again
 *   lane, when it closes         FREE, DONE ─▶ CLOSED
 * </pre>
 *
 * One compare-and-set decides between done and abandoned, so a task that was abandoned cannot reach the event. Its thread closes the stage of a
 * task that was abandoned, for only it knows when the stage has returned; the lane closes any other.
 *
 * <p>Stages that hang for ever would take a thread per event: when {@value #ABANDONED_MAX} have not returned, events wait until one does.
 *
 * <p>Thread: the lane's, and one for each task that has been abandoned and has not returned.
 *
 * @param <E> the event
 */
public final class TimedStage<E> implements PatientStage<E> {

    /** How many abandoned tasks of one lane may be at work at a time. */
    static final int ABANDONED_MAX = 8;

    private static final int FREE = 0;
    private static final int GIVEN = 1;
    private static final int DONE = 2;
    private static final int ABANDONED = 3;
    private static final int CLOSED = 4;

    /** What a timed stage is made of: the name of its threads, the user's stages, how events are copied, who starts threads, and who is told of the end. */
    public record Parts<E>(
            String threadName,
            Supplier<? extends Stage<? super E>> stages,
            EventType<E> type,
            BiConsumer<String, Runnable> threads,
            Runnable done) {}

    private final Parts<E> parts;
    private final long limitNs;
    private final AtomicInteger abandoned = new AtomicInteger();
    private @Nullable Task<E> task;
    private long deadlineNs;

    TimedStage(Parts<E> parts, long limitNs) {
        this.parts = parts;
        this.limitNs = limitNs;
    }

    private static final class Task<E> implements Runnable {
        private final Parts<E> parts;
        private final AtomicInteger abandoned;
        private final Stage<? super E> stage;
        private final E copy;
        private final AtomicInteger state = new AtomicInteger(FREE);
        private volatile @Nullable Parker parker;
        private boolean kept;
        private @Nullable Throwable failure;

        Task(Parts<E> parts, AtomicInteger abandoned) {
            this.parts = parts;
            this.abandoned = abandoned;
            stage = parts.stages.get();
            copy = parts.type.create();
        }

        void give(E event) {
            parts.type.copy(event, copy);
            failure = null;
            state.set(GIVEN);
            wake();
        }

        void wake() {
            Parker asleep = parker;
            if (asleep != null) {
                VarHandle.fullFence();
                asleep.run();
            }
        }

        @Override
        public void run() {
            var own = new Parker(Thread.currentThread());
            parker = own;
            while (!isOver()) {
                if (state.get() == GIVEN) {
                    work();
                    state.compareAndSet(GIVEN, DONE);
                    parts.done.run();
                } else {
                    sleep(own);
                }
            }
            if (state.get() == ABANDONED) {
                try {
                    closeQuietly();
                } finally {
                    // Also behind an Error: a task that is counted for ever would hold events back for ever.
                    abandoned.decrementAndGet();
                    parts.done.run();
                }
            }
        }

        private boolean isOver() {
            int now = state.get();
            return now == ABANDONED || now == CLOSED;
        }

        private void sleep(Parker own) {
            own.lieDownVolatile();
            if (state.get() == GIVEN || isOver()) {
                own.getUp();
            } else {
                own.sleep(Long.MAX_VALUE);
            }
        }

        private void work() {
            try {
                kept = stage.process(copy);
            } catch (Throwable thrown) {
                failure = thrown;
            }
        }

        private void closeQuietly() {
            try {
                stage.close();
            } catch (Exception e) {
                // Its event has failed already, and nobody is left who could be told.
                failure = e;
            }
        }
    }

    @Override
    public void open() throws Exception {
        start();
    }

    private Task<E> start() throws Exception {
        Task<E> made = new Task<>(parts, abandoned);
        // Before it has a thread: a stage that cannot be opened leaves nothing behind.
        made.stage.open();
        task = made;
        parts.threads.accept(parts.threadName, made);
        return made;
    }

    @Override
    public Answer process(E event, long nowNs) throws Exception {
        Task<E> current = task;
        if (current == null) {
            if (abandoned.get() >= ABANDONED_MAX) {
                // The one that returns wakes the lane.
                deadlineNs = Long.MAX_VALUE;
                return Answer.WAIT;
            }
            current = start();
        }
        int state = current.state.get();
        if (state == FREE) {
            deadlineNs = nowNs + limitNs;
            current.give(event);
            return Answer.WAIT;
        }
        if (state == GIVEN && nowNs < deadlineNs) {
            return Answer.WAIT;
        }
        if (state == GIVEN && abandon(current)) {
            task = null;
            throw new TimeLimitException(limitNs);
        }
        return end(current, event);
    }

    private boolean abandon(Task<E> given) {
        // Counted before the task can see that it is: it counts itself off.
        abandoned.incrementAndGet();
        boolean isLate = given.state.compareAndSet(GIVEN, ABANDONED);
        if (!isLate) {
            abandoned.decrementAndGet();
        }
        return isLate;
    }

    private Answer end(Task<E> current, E event) throws Exception {
        current.state.set(FREE);
        Throwable failure = current.failure;
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (Exception) failure;
        }
        parts.type.copy(current.copy, event);
        return current.kept ? Answer.PASS : Answer.FILTER;
    }

    @Override
    public FailureKind kindOf(Exception failure) {
        Task<E> failed = task;
        // Without a task the time was up, and the next attempt may be quicker. One that is free is at rest, so its
        // stage may be asked here.
        return failed == null ? FailureKind.TRANSIENT : failed.stage.kindOf(failure);
    }

    @Override
    public long wakeAtNs() {
        return deadlineNs;
    }

    @Override
    public String why() {
        return "task";
    }

    @Override
    public void close() throws Exception {
        Task<E> last = task;
        task = null;
        if (last == null) {
            return;
        }
        if (!abandon(last)) {
            last.state.set(CLOSED);
            last.wake();
            last.stage.close();
        }
    }
}
