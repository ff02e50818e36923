package io.ringmain;

import static java.util.Objects.requireNonNull;

import io.ringmain.config.Subscribing;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.internal.assembly.Assembler;
import io.ringmain.internal.assembly.Blueprint;
import io.ringmain.internal.assembly.Blueprint.NamedPushSource;
import io.ringmain.internal.assembly.Blueprint.NamedSource;
import io.ringmain.internal.assembly.Rooms;
import io.ringmain.internal.assembly.Rooms.Opening;
import io.ringmain.internal.assembly.SegmentRooms;
import io.ringmain.internal.checkpoint.Checkpoints;
import io.ringmain.internal.intake.PushIntake;
import io.ringmain.internal.run.Phase;
import io.ringmain.internal.stage.Partition;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Publisher;
import io.ringmain.spi.PushSource;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Source;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * Sources, stages and sinks over one mutable event type, assembled, with one life.
 *
 * <pre>
 *   BUILT ──start──▶ STARTED ──input ends, close, failure──▶ DRAINING ──▶ CLOSED
 *     └──────────────────────────close──────────────────────────────────────▲
 * </pre>
 *
 * <p>Thread: every method may be called from any thread, in any state, any number of times.
 *
 * @param <E> the event that enters the pipeline
 */
public final class Pipeline<E> implements AutoCloseable {

    private final String name;
    private final Rooms<E> rooms;
    private final Duration drainWithin;
    private final WhenFailed whenFailed;
    private final boolean copyable;
    private final Object opening = new Object();
    private final Newcomers<E> newcomers;

    private Pipeline(Blueprint<E> plan) {
        name = plan.name;
        drainWithin = plan.drainWithin;
        whenFailed = requireNonNull(plan.whenFailed, "whenFailed");
        copyable = plan.segments.get(0).type.copyable();
        rooms = Assembler.assemble(plan);
        newcomers = new Newcomers<>(name, rooms, opening);
    }

    static <E> Pipeline<E> of(Blueprint<E> plan) {
        return new Pipeline<>(plan);
    }

    /** Begins to describe a pipeline over events of {@code type}. */
    public static <E> PipelineBuilder<E, E> of(String name, EventType<E> type) {
        return PipelineBuilder.first(requireNonNull(name, "name"), requireNonNull(type, "type"));
    }

    /** Begins to describe a pipeline over events that can only be created; see {@link EventType#of(Supplier)}. */
    public static <E> PipelineBuilder<E, E> of(String name, Supplier<E> create) {
        return of(name, EventType.of(requireNonNull(create, "create")));
    }

    /**
     * Opens the sinks, the stages and the sources, in this order, on the calling thread, and starts the lanes. Does nothing if the pipeline was started
     * or closed before.
     *
     * @return this
     * @throws PipelineException if something could not be opened; what was open has been closed, and so is the pipeline
     */
    public Pipeline<E> start() {
        synchronized (opening) {
            if (rooms.supervisor.phase() != Phase.BUILT) {
                return this;
            }
            Deque<Opening> opened = new ArrayDeque<>();
            boolean started = false;
            try {
                checkpoint(Checkpoints::load, "could not be loaded");
                open(opened);
                checkpoint(Checkpoints::begin, "could not be stored");
                rooms.pushes.forEach(PushIntake::start);
                started = rooms.supervisor.start();
            } finally {
                if (!started) {
                    // Something could not be opened, or what was opened has closed the pipeline.
                    closeUnstarted(opened);
                }
                rooms.openings.clear();
            }
            if (started) {
                rooms.pushes.forEach(push -> rooms.spawn(push, name));
            }
        }
        return this;
    }

    private interface AtStart {
        void call(Checkpoints checkpoints) throws Exception;
    }

    private void checkpoint(AtStart step, String failed) {
        if (rooms.checkpoints == null) {
            return;
        }
        try {
            step.call(rooms.checkpoints);
        } catch (Exception failure) {
            throw new PipelineException(name, List.of("checkpoint: " + failed + ": " + failure), failure);
        }
    }

    private void open(Deque<Opening> opened) {
        // By index: what is opened may add a source.
        for (int i = 0; i < rooms.openings.size(); i++) {
            Opening part = rooms.openings.get(i);
            try {
                part.open().run();
                opened.push(part);
            } catch (Exception failure) {
                throw new PipelineException(name, List.of(part.name() + ": could not be opened: " + failure), failure);
            }
        }
    }

    private void closeUnstarted(Deque<Opening> opened) {
        for (Opening part : opened) {
            try {
                part.close().run();
            } catch (Exception failure) {
                rooms.failures.record(part.name(), failure);
            }
        }
        rooms.supervisor.closeUnstarted();
        rooms.closeUnstarted();
    }

    /**
     * Returns where threads publish events; always the same object.
     *
     * @throws IllegalStateException if the pipeline has sources and was not built as {@link PipelineBuilder#merging}
     */
    public Publisher<E> publisher() {
        Publisher<E> door = rooms.publisher();
        if (door == null) {
            throw new IllegalStateException(
                    "pipeline " + name
                            + ": has sources that take turns (expected: none, to publish directly); build it as merging() to publish beside them");
        }
        return door;
    }

    /**
     * Adds a source. In a running pipeline it is opened on the calling thread, then asked in turn with the others.
     *
     * @return {@code false} if the input has ended or the pipeline drains or is closed: the source is not asked, and is not open
     * @throws IllegalArgumentException if another part of the pipeline has, or had, that name
     * @throws IllegalStateException if the pipeline has no lane that takes turns: it has one if it was built with a pollable source, with
     *     several push sources, or as {@link PipelineBuilder#merging}; or if it has had 32,767 sources
     * @throws PipelineException if the source could not be opened; the pipeline goes on without it
     */
    public boolean addSource(String name, Source<E> source) {
        return newcomers.add(new NamedSource<>(name, requireNonNull(source, "source"), null));
    }

    /**
     * Adds a source as {@link #addSource(String, Source)}, with a policy of its own as in
     * {@link PipelineBuilder#source(String, Source, WhenFull)}.
     *
     * @throws IllegalArgumentException also for a policy with a waiting room
     * @throws IllegalStateException also if the pipeline was built neither as {@link PipelineBuilder#merging} nor with such a source, or if its
     *     own policy has a waiting room
     */
    public boolean addSource(String name, Source<E> source, WhenFull whenFull) {
        return newcomers.add(
                new NamedSource<>(name, requireNonNull(source, "source"), requireNonNull(whenFull, "whenFull")));
    }

    /**
     * Adds a push source. In a running pipeline its thread is started at once.
     *
     * @return {@code false} if the input has ended or the pipeline drains or is closed: the source is not run
     * @throws IllegalArgumentException if another part of the pipeline has, or had, that name
     * @throws IllegalStateException as {@link #addSource}, and if the events cannot be copied
     * @throws PipelineException if there is no thread for it; the pipeline goes on without it
     */
    public boolean addPushSource(String name, PushSource<E> source) {
        return newcomers.add(new NamedPushSource<>(name, requireNonNull(source, "source"), null));
    }

    /**
     * Adds a push source as {@link #addPushSource(String, PushSource)}, with a policy of its own as in
     * {@link PipelineBuilder#pushSource(String, PushSource, WhenFull)}.
     *
     * @throws IllegalArgumentException also for a policy with a waiting room
     * @throws IllegalStateException also as {@link #addSource(String, Source, WhenFull)}
     */
    public boolean addPushSource(String name, PushSource<E> source, WhenFull whenFull) {
        return newcomers.add(
                new NamedPushSource<>(name, requireNonNull(source, "source"), requireNonNull(whenFull, "whenFull")));
    }

    /**
     * Removes a source: it is asked for nothing new, what it has handed over goes its way, and its accounts stay in the report. A pollable
     * source is closed on the intake thread; a push source is aborted, and finds the pipeline closed. Returns at once.
     *
     * <p>When the last source is gone the input ends, unless the pipeline was built as {@link PipelineBuilder#merging}.
     *
     * @return {@code false} if there is no source of that name that could still give events
     */
    public boolean removeSource(String name) {
        return rooms.remove(requireNonNull(name, "name"));
    }

    /**
     * Returns the pool that was given {@code name}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Pool pool(String name) {
        for (SegmentRooms<?> segment : rooms.segments) {
            for (SegmentRooms.PoolRoom pool : segment.pools) {
                if (pool.name().equals(name)) {
                    return new Pool(pool);
                }
            }
        }
        throw new IllegalArgumentException(
                "pipeline " + this.name + ": pool: " + name + " (expected: a pool of this pipeline)");
    }

    /**
     * Returns the lanes of a partition.
     *
     * @param name as it was given to {@link PipelineBuilder#partitionBy}, or to {@link PipelineBuilder#window}
     * @throws IllegalArgumentException if there is no partition of that name
     */
    public Partitions partitions(String name) {
        requireNonNull(name, "name");
        for (Partition partition : rooms.partitions) {
            if (partition.name().equals(name)) {
                return new Partitions(partition, rooms);
            }
        }
        throw new IllegalArgumentException("pipeline " + this.name + ": partition " + name + " (expected: one of "
                + rooms.partitions.stream().map(Partition::name).toList() + ')');
    }

    /**
     * Lets a sink join, before the pipeline is started or while it runs. It is given every event that is published after this call and that no stage filters
     * out, in order, on a thread of its own, as it is behind the last stage: where an {@code into} turns events into results, before that. It decides
     * nothing about the events: they are settled as if it were not there. A sink that fails is tried again as the pipeline's {@code WhenFailed} says; when no
     * attempt is left, its subscription ends.
     *
     * <p>A sink that hangs is given up at the deadline of the drain: the events are settled without it, and those that it was given stay in flight in its own
     * account. If the pipeline has ended, or is at that deadline, the sink is opened and closed at once, and the subscription is not open.
     *
     * @param name for reports and the thread
     * @param sink opened on the calling thread, given batches as there are, flushed and closed on its own thread when it leaves or the pipeline ends
     * @param subscribing what it does when it is slower than the others; {@link Subscribing.Lossy} needs an event type that can be copied
     * @throws PipelineException if the sink could not be opened, or there is no thread for it; it has not joined then
     */
    @SuppressWarnings("unchecked") // A batch only gives events, so a sink of a supertype can take it.
    public Subscription subscribe(String name, Sink<? super E> sink, Subscribing subscribing) {
        requireNonNull(name, "name");
        requireNonNull(sink, "sink");
        if (requireNonNull(subscribing, "subscribing") instanceof Subscribing.Lossy && !copyable) {
            throw new IllegalArgumentException(
                    "pipeline " + this.name + ": subscriber " + name
                            + ": lossy over an event type that cannot be copied (expected: copyable); give EventType.of a copy function");
        }
        try {
            return new Subscription(rooms.subscribe(name, (Sink<E>) sink, subscribing, whenFailed));
        } catch (Exception | OutOfMemoryError failure) {
            // The error is how the virtual machine says that it can make no thread.
            throw new PipelineException(
                    this.name, List.of("subscriber " + name + ": could not join: " + failure), failure);
        }
    }

    /** Where the pipeline is in its life. */
    public PipelineState state() {
        return switch (rooms.supervisor.phase()) {
            case BUILT -> PipelineState.BUILT;
            case STARTED -> PipelineState.STARTED;
            case DRAINING, ABORTING -> PipelineState.DRAINING;
            case CLOSED -> PipelineState.CLOSED;
        };
    }

    /** Returns what has been done so far; final once the pipeline is closed. Allocates; does not disturb the lanes. */
    public Report report() {
        return new Reporter(name, rooms, state()).report();
    }

    /**
     * As {@link #report}, but with all {@link Report.Times} zero: those cost most, too much to be asked for several times a second beside a
     * pipeline that has just started.
     */
    public Report reportWithoutTimes() {
        return new Reporter(name, rooms, state()).withoutTimes().report();
    }

    /** The accounts per segment with what is in flight counted slot by slot: for moments when no lane moves. */
    List<Accounts> measuredAccounts() {
        return new Reporter(name, rooms, state()).measuredAccounts();
    }

    /** Whether the caller is on a thread of a lane. */
    boolean isOnOwnThread() {
        return rooms.isOnOwnThread();
    }

    /**
     * Stops the input, finishes what is in the rings, flushes and closes the sinks. At the deadline blocked sinks are aborted;
     * a second later threads that still hang are abandoned and named in the report, and what is left is counted. An
     * earlier deadline that was asked for before holds. Called on a thread of the pipeline itself, that of a stage, a sink or a source, it
     * only begins the drain.
     *
     * @param deadline how long from now; zero stops at once
     * @return the report, final unless called on a thread of the pipeline
     */
    public Report drain(Duration deadline) {
        requireNonNull(deadline, "deadline");
        boolean neverStarted;
        synchronized (opening) {
            neverStarted = rooms.supervisor.closeUnstarted();
        }
        if (neverStarted) {
            rooms.closeUnstarted();
        } else {
            rooms.supervisor.drainWithin(deadline);
            rooms.supervisor.awaitClosed();
        }
        return report();
    }

    /**
     * Waits for the end of input, a failure or a call of {@link #close}, and for the drain after it. Returns at once if the
     * pipeline was not started, or on a thread of the pipeline itself. An interrupt does not end the wait; the flag is kept.
     *
     * @return the report
     */
    public Report await() {
        if (rooms.supervisor.phase() != Phase.BUILT) {
            rooms.supervisor.awaitClosed();
        }
        return report();
    }

    /**
     * Ends the input as if the sources had ended by themselves: publications are refused from now on, what is in the rings is finished without a
     * deadline, and the pipeline closes. Returns at once; {@link #await} waits. Does nothing before {@link #start}.
     */
    public void endInput() {
        if (rooms.supervisor.phase() != Phase.BUILT) {
            rooms.supervisor.endInput();
        }
    }

    /** Drains within the time that the builder was given, 10 seconds if none. */
    @Override
    public void close() {
        drain(drainWithin);
    }

    @Override
    public String toString() {
        return "Pipeline{name=" + name + ", state=" + state() + '}';
    }
}
