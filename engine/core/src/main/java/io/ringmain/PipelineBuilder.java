package io.ringmain;

import static java.util.Objects.requireNonNull;

import io.ringmain.config.Batching;
import io.ringmain.config.Checkpointing;
import io.ringmain.config.Delivery;
import io.ringmain.config.Edge;
import io.ringmain.config.InFlight;
import io.ringmain.config.Parking;
import io.ringmain.config.Pooling;
import io.ringmain.config.Replaying;
import io.ringmain.config.Threading;
import io.ringmain.config.Waiting;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.internal.assembly.Blueprint;
import io.ringmain.internal.assembly.Check;
import io.ringmain.internal.assembly.SegmentPlan;
import io.ringmain.internal.assembly.SegmentPlan.BoundaryElement;
import io.ringmain.internal.assembly.SegmentPlan.Element;
import io.ringmain.internal.assembly.SegmentPlan.IntoElement;
import io.ringmain.internal.assembly.SegmentPlan.PartitionElement;
import io.ringmain.internal.assembly.SegmentPlan.PoolElement;
import io.ringmain.internal.assembly.SegmentPlan.RoutesElement;
import io.ringmain.internal.assembly.SegmentPlan.SinkElement;
import io.ringmain.internal.assembly.SegmentPlan.StageElement;
import io.ringmain.internal.assembly.SegmentPlan.StripedElement;
import io.ringmain.internal.ring.PoolShare;
import io.ringmain.internal.ring.RouteColumn;
import io.ringmain.internal.stage.EdgeEmitter;
import io.ringmain.internal.stage.KeyedStages;
import io.ringmain.internal.stage.Step;
import io.ringmain.internal.stage.Take;
import io.ringmain.internal.window.WindowEmitter;
import io.ringmain.spi.AsyncSink;
import io.ringmain.spi.DeadLetters;
import io.ringmain.spi.Emitter;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Journal;
import io.ringmain.spi.JournalReader;
import io.ringmain.spi.PushSource;
import io.ringmain.spi.Runner;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Source;
import io.ringmain.spi.Stage;
import io.ringmain.spi.Transform;
import io.ringmain.window.WindowResult;
import io.ringmain.window.Windowing;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Describes a pipeline: stages and sinks in the order in which an event meets them, settings in any order.
 *
 * <p>A sink sees the events as they are where it stands; stages after it wait for it. A name may be given once.
 *
 * <p>Thread: one. A builder is used up by {@link #into}, {@link #edge} and {@link #build}, and each setting may be made once: what breaks
 * this is an {@link IllegalStateException}.
 *
 * @param <I> the event that enters the pipeline
 * @param <E> the event at this point of the description
 */
public final class PipelineBuilder<I, E> {

    /** How many slots of a ring are used at a time if not said: {@value}. */
    public static final int BOUND_DEFAULT = SegmentPlan.BOUND_DEFAULT;

    private final Blueprint<I> plan;
    private final SegmentPlan<E> segment;
    private @Nullable String usedBy;

    private PipelineBuilder(Blueprint<I> plan, SegmentPlan<E> segment) {
        this.plan = plan;
        this.segment = segment;
        plan.segments.add(segment);
    }

    static <E> PipelineBuilder<E, E> first(String name, EventType<E> type) {
        return new PipelineBuilder<>(new Blueprint<>(name), new SegmentPlan<>(type));
    }

    /**
     * Adds a source that the engine asks for events. A pipeline without sources takes its events from its publisher. The events of
     * each source keep their order; sources take turns, and none can starve another.
     */
    public PipelineBuilder<I, E> source(String name, Source<I> source) {
        checkUsable();
        plan.sources.add(
                new Blueprint.NamedSource<>(requireNonNull(name, "name"), requireNonNull(source, "source"), null));
        return this;
    }

    /**
     * Adds a source as {@link #source(String, Source)}, with a policy of its own in place of {@link #whenFull}: a full first ring does to its
     * events what {@code whenFull} says, and to those of others what theirs says. One that drops holds nobody back and is never held back.
     * A policy with a waiting room can be no source's own, nor stand beside one: there all events wait under one policy.
     */
    public PipelineBuilder<I, E> source(String name, Source<I> source, WhenFull whenFull) {
        checkUsable();
        plan.sources.add(new Blueprint.NamedSource<>(
                requireNonNull(name, "name"), requireNonNull(source, "source"), requireNonNull(whenFull, "whenFull")));
        return this;
    }

    /**
     * Adds a source with a thread of its own. Beside other sources it publishes into a small ring of its own, from which its events are
     * copied into the first ring when it is its turn; the events must be copyable then.
     */
    public PipelineBuilder<I, E> pushSource(String name, PushSource<I> source) {
        checkUsable();
        plan.pushSources.add(
                new Blueprint.NamedPushSource<>(requireNonNull(name, "name"), requireNonNull(source, "source"), null));
        return this;
    }

    /**
     * Adds a push source as {@link #pushSource(String, PushSource)}, with a policy of its own, as
     * {@link #source(String, Source, WhenFull)} says; beside others it decides before the small ring, so the source is told. Where the
     * source is the only input, it may be any policy.
     */
    public PipelineBuilder<I, E> pushSource(String name, PushSource<I> source, WhenFull whenFull) {
        checkUsable();
        plan.pushSources.add(new Blueprint.NamedPushSource<>(
                requireNonNull(name, "name"), requireNonNull(source, "source"), requireNonNull(whenFull, "whenFull")));
        return this;
    }

    /**
     * Lets sources come and go while the pipeline runs, beside those of the description and its publisher: the input does not end
     * when no source is left, but when somebody says so. The events must be copyable.
     */
    public PipelineBuilder<I, E> merging() {
        setOnce("merging", true);
        plan.merging = true;
        return this;
    }

    /** Adds a stage that changes each event and passes it on. */
    public PipelineBuilder<I, E> transform(String name, Transform<? super E> transform) {
        return add(new StageElement<>(
                Step.ofTransform(requireNonNull(name, "name"), requireNonNull(transform, "transform"))));
    }

    /** Adds a stage that adds to each event; the same as {@link #transform}, for the reader. */
    public PipelineBuilder<I, E> enrich(String name, Transform<? super E> enrich) {
        return transform(name, enrich);
    }

    /** Adds a stage that passes on only the events for which {@code keep} returns {@code true}. */
    public PipelineBuilder<I, E> filter(String name, Stage<? super E> keep) {
        return stage(name, keep);
    }

    /** Adds a stage with a life of its own, or one that both changes and filters. */
    public PipelineBuilder<I, E> stage(String name, Stage<? super E> stage) {
        return add(new StageElement<>(Step.ofStage(requireNonNull(name, "name"), requireNonNull(stage, "stage"))));
    }

    /**
     * Adds a stage that passes {@code count} events on and then ends the input: sources are asked no more, publishers find the pipeline
     * closed, and what is already on its way is finished. Of that, events that come to this stage are filtered.
     *
     * @param count how many, at least 1
     */
    public PipelineBuilder<I, E> take(String name, long count) {
        var take = new Take<E>(count);
        plan.takes.add(take);
        return stage(name, take);
    }

    /**
     * Adds a stage that keeps nothing from one event to the next, so that several lanes may share its work: whichever lane is
     * free takes the next block of events, and whoever comes behind them still meets the events in order. Striped stages that follow one another
     * share the lanes. How many lanes there are depends on the cores, see {@link Threading#auto}; at least one.
     *
     * @param stages makes an instance for each lane, which calls it as {@link Stage} says; called while the pipeline is built
     */
    public PipelineBuilder<I, E> striped(String name, Supplier<? extends Stage<? super E>> stages) {
        requireNonNull(name, "name");
        requireNonNull(stages, "stages");
        return add(new StripedElement<>(name, () -> Step.ofStage(name, requireNonNull(stages.get(), "stages.get()"))));
    }

    /** Adds a pool of {@code min} to {@code max} workers, see {@link Pooling#of}. */
    public PipelineBuilder<I, E> pool(String name, int min, int max, Supplier<? extends Stage<? super E>> stages) {
        return pool(name, Pooling.of(min, max), stages);
    }

    /**
     * Adds a stage with workers of its own: for work that takes long or blocks. Each worker has an instance and a thread; workers take events
     * as they are free, and whoever comes behind them still meets the events in order, see {@link Pool}. The stage keeps nothing from one event
     * to the next.
     *
     * @param stages makes an instance for each worker that {@code pooling} allows, and another one after each attempt that was given up
     *     for its time limit
     */
    public PipelineBuilder<I, E> pool(String name, Pooling pooling, Supplier<? extends Stage<? super E>> stages) {
        return pool(name, pooling, PoolShare.BLOCK_MAX_DEFAULT, stages);
    }

    /** Adds a pool whose workers take at most {@code blockMax} events at a time. */
    PipelineBuilder<I, E> pool(
            String name, Pooling pooling, int blockMax, Supplier<? extends Stage<? super E>> stages) {
        return add(new PoolElement<>(
                requireNonNull(name, "name"),
                requireNonNull(pooling, "pooling"),
                blockMax,
                requireNonNull(stages, "stages")));
    }

    /**
     * Adds a stage at which events wait until they are due, so that no more than {@code perSecond} pass.
     *
     * @param perSecond above 0
     * @param burst how many may pass at once after a pause, at least 1
     */
    public PipelineBuilder<I, E> throttle(String name, double perSecond, int burst) {
        return add(new StageElement<>(Step.ofThrottle(requireNonNull(name, "name"), perSecond, burst)));
    }

    /**
     * Adds a stage that remembers something from one event to the next, by a key of the event, and whose work several lanes share by
     * that key. The keys fall into 128 groups, each with a stage of its own, so the results are the same at any number of lanes. Events
     * of one key meet their stage in order, also when one of them has to be tried again or the number of lanes changes, see
     * {@link Pipeline#partitions}; whoever comes behind meets all events in order.
     *
     * <p>A failing key is a failure of the stage {@code name.key}. An event that waits for another attempt holds back only its own lane.
     *
     * @param key finds the key of an event, on the lane before; equal keys must give equal numbers
     * @param lanes how many lanes there are, from 1 to 128; each has a thread unless {@link Threading} knows of one core only
     * @param stages makes the stage of a group of keys, which one lane at a time calls as {@link Stage} says; called 128 times, by this
     *     method
     */
    public PipelineBuilder<I, E> partitionBy(
            String name, ToLongFunction<? super E> key, int lanes, Supplier<? extends Stage<? super E>> stages) {
        return add(new PartitionElement<>(
                requireNonNull(name, "name"),
                requireNonNull(key, "key"),
                lanes,
                new KeyedStages<E>(requireNonNull(stages, "stages"))));
    }

    /** Ends the lane: the stages after it get a thread of their own, on the same ring. */
    public PipelineBuilder<I, E> boundary() {
        return add(new BoundaryElement<>());
    }

    /** Adds a sink with {@link Batching#DEFAULT}. */
    public PipelineBuilder<I, E> sink(String name, Sink<? super E> sink) {
        return sink(name, sink, Batching.DEFAULT);
    }

    /** Adds a sink that is given batches as {@code batching} says. */
    public PipelineBuilder<I, E> sink(String name, Sink<? super E> sink, Batching batching) {
        return sink(name, sink, Delivery.of(batching));
    }

    /**
     * Adds a sink that stands behind a ring of its own, into which the events that it wants are copied: until that ring is full, and never if
     * {@code edge} drops what finds it full, the sink holds nobody else back. For the segment such events are absorbed; what became of them stands
     * in the accounts of the sink and of its ring.
     */
    public PipelineBuilder<I, E> sink(String name, Sink<? super E> sink, Batching batching, Edge edge) {
        return sink(name, sink, Delivery.of(batching).behind(edge));
    }

    /** Adds a sink that is given its events as {@code delivery} says. */
    public PipelineBuilder<I, E> sink(String name, Sink<? super E> sink, Delivery delivery) {
        return add(SinkElement.of(name, sink, delivery));
    }

    /** Adds a sink that is given up to as many batches at a time as {@code inFlight} says, each as {@code delivery} says. */
    public PipelineBuilder<I, E> sink(String name, AsyncSink<? super E> sink, InFlight inFlight, Delivery delivery) {
        return add(SinkElement.of(name, sink, inFlight, delivery));
    }

    /**
     * Parts the events: each goes to the sinks of the first route whose condition holds. For events that are to go to several outputs, use
     * sinks that {@linkplain Sink#chooses choose}.
     *
     * @param name what reports call the choice
     * @param description adds the routes; called at once
     */
    public PipelineBuilder<I, E> routes(String name, Consumer<Routes<E>> description) {
        Routes<E> routes = new Routes<>();
        requireNonNull(description, "description").accept(routes);
        Step<E> step = Step.ofEmitter(requireNonNull(name, "name"));
        return add(new RoutesElement<>(step, List.copyOf(routes.conditions), List.copyOf(routes.sinks)));
    }

    private PipelineBuilder<I, E> add(Element<E> element) {
        checkUsable();
        segment.elements.add(element);
        return this;
    }

    private void checkUsable() {
        if (usedBy != null) {
            throw new IllegalStateException("pipeline " + plan.name + ": this builder was used up by " + usedBy
                    + " (expected: the one that it returned, or a new one)");
        }
    }

    private void useUp(String by) {
        checkUsable();
        usedBy = by;
    }

    /** Notes that a setting is made; the second time is a mistake that would otherwise pass in silence. */
    private void setOnce(String setting, Object value) {
        requireNonNull(value, setting);
        checkUsable();
        Object old = plan.settings.putIfAbsent(setting, value);
        if (old != null) {
            throw new IllegalStateException("pipeline " + plan.name + ": " + setting + ": " + value
                    + " (expected: once); it was already set to " + old);
        }
    }

    /** Ends the segment: {@code emitter} turns its events into results of {@code type}, which the rest is about. */
    public <R> PipelineBuilder<I, R> into(String name, EventType<R> type, Emitter<? super E, R> emitter) {
        useUp("into");
        SegmentPlan<R> next = new SegmentPlan<>(requireNonNull(type, "type"));
        Step<E> step = Step.ofEmitter(requireNonNull(name, "name"));
        segment.into = new IntoElement<>(step, requireNonNull(emitter, "emitter"), next, null, null);
        return new PipelineBuilder<>(plan, next);
    }

    /**
     * Ends the segment: its events are taken into windows, and {@code writer} makes a result of {@code type} of each key of a window when no event of it is expected any more. Results leave
     * in the order of (end of the window, key group, key). Events that come too late are dropped, as {@code late}, unless there is a sink for them, see {@link #lateSink}.
     */
    public <R> PipelineBuilder<I, R> window(
            String name, EventType<R> type, Windowing<E> windowing, WindowResult.Writer<E, R> writer) {
        return into(
                name,
                type,
                new WindowEmitter<>(requireNonNull(windowing, "windowing"), requireNonNull(writer, "writer")));
    }

    /** Adds a sink of the events that come too late for the {@linkplain #window window} that ends this segment. */
    public PipelineBuilder<I, E> lateSink(String name, Sink<? super E> sink, Delivery delivery) {
        return add(SinkElement.<E>of(name, sink, delivery).on(RouteColumn.LATE));
    }

    /** Ends the segment: its events are copied into a new ring, whose {@code whenFull} decides what its own fullness does. */
    public PipelineBuilder<I, E> edge(WhenFull whenFull) {
        useUp("edge");
        SegmentPlan<E> next = new SegmentPlan<>(segment.type);
        Step<E> step = Step.ofEmitter("edge-" + plan.segments.size());
        segment.into = new IntoElement<>(
                step, new EdgeEmitter<>(segment.type), next, requireNonNull(whenFull, "whenFull"), null);
        return new PipelineBuilder<>(plan, next);
    }

    /**
     * Adds a stage that gives up the order for a steady flow: an event at which it fails, and which {@code WhenFailed} lets try again, is set aside as {@code parking} says,
     * and others go on meanwhile. It ends the segment: its events are copied into a new ring. Events that are set aside are counted as parked, are part of each
     * checkpoint, and are waited for at the end of input.
     */
    public PipelineBuilder<I, E> stage(String name, Stage<? super E> stage, Parking parking) {
        useUp("stage " + name);
        SegmentPlan<E> next = new SegmentPlan<>(segment.type);
        Step<E> step = Step.ofStage(requireNonNull(name, "name"), requireNonNull(stage, "stage"));
        segment.into = new IntoElement<>(
                step, new EdgeEmitter<>(segment.type), next, WhenFull.block(), requireNonNull(parking, "parking"));
        return new PipelineBuilder<>(plan, next);
    }

    /** Sets how many slots of this segment's ring are used at a time; {@value #BOUND_DEFAULT} if not said. */
    public PipelineBuilder<I, E> bound(int bound) {
        setOnce("bound of segment " + plan.segments.size(), bound);
        segment.bound = bound;
        return this;
    }

    /** Sets what happens to events that find the first ring full; to hold back if not said. */
    public PipelineBuilder<I, E> whenFull(WhenFull whenFull) {
        setOnce("whenFull", whenFull);
        plan.whenFull = whenFull;
        return this;
    }

    /** Sets what happens to events that fail, but in sinks with a policy of their own, see {@link Delivery#whenFailed}. There is no default. */
    public PipelineBuilder<I, E> whenFailed(WhenFailed whenFailed) {
        setOnce("whenFailed", whenFailed);
        plan.whenFailed = whenFailed;
        return this;
    }

    /** Sets where dead letters go, and what happens when there is no room for one. */
    public PipelineBuilder<I, E> deadLetters(DeadLetters letters, WhenLettersFull whenFull) {
        setOnce("deadLetters", letters);
        plan.deadLetters = letters;
        plan.whenLettersFull = requireNonNull(whenFull, "whenFull");
        return this;
    }

    /** Sets how idle threads wait; {@link Waiting#BLOCKING} if not said. */
    public PipelineBuilder<I, E> waiting(Waiting waiting) {
        setOnce("waiting", waiting);
        plan.waiting = waiting;
        return this;
    }

    /** Sets which stages share a thread; {@link Threading#auto} if not said. */
    public PipelineBuilder<I, E> threading(Threading threading) {
        setOnce("threading", threading);
        plan.threading = threading;
        return this;
    }

    /** Sets who calls the lanes; a thread for each group of lanes if not said. */
    public PipelineBuilder<I, E> runner(Runner runner) {
        setOnce("runner", runner);
        plan.runner = runner;
        return this;
    }

    /**
     * Makes the pipeline keep checkpoints: where its sources stand, what its stages and emitters remember, and what its sinks have durably, all as of
     * the same event. A pipeline that is started over the same store goes on there. Parts that are not {@link io.ringmain.spi.Stateful} begin anew.
     */
    public PipelineBuilder<I, E> checkpoints(Checkpointing checkpointing) {
        setOnce("checkpoints", checkpointing);
        plan.checkpointing = checkpointing;
        return this;
    }

    /** Makes the pipeline keep all that it is given in {@code journal}, for {@link #replaying}. The events must be {@link io.ringmain.spi.Portable}. */
    public PipelineBuilder<I, E> journal(Journal journal) {
        setOnce("journal", journal);
        plan.journal = journal;
        return this;
    }

    /**
     * Makes the pipeline a replay of the run that {@code reader} gives, in place of what its sources have: these are not opened. A full ring always holds it back. What the same stages
     * give is the same, with any number of lanes; not what depends on when something happened: attempts that ran out of time, and edges that drop.
     *
     * @param reader closed by the pipeline
     */
    public PipelineBuilder<I, E> replaying(JournalReader reader, Replaying how) {
        setOnce("replaying", how);
        plan.replay = new Blueprint.Replay(requireNonNull(reader, "reader"), how);
        return this;
    }

    /** Sets how long closing, and the drain after a failure, may take; 10 seconds if not said. */
    public PipelineBuilder<I, E> drainWithin(Duration drainWithin) {
        setOnce("drainWithin", drainWithin);
        plan.drainWithin = drainWithin;
        return this;
    }

    /**
     * Builds the pipeline, runs {@code items} through it and waits for the end. A failing item does not stop the others: the fate of
     * failed events is to become failures in the answer, after retries if {@link #whenFailed} chose some. All results are kept in memory.
     *
     * <p>Thread: fills on the calling thread, makes results on a lane.
     *
     * @param fill fills an event from an item; what it throws ends the call
     * @param result makes a result of an event, of which nothing may be kept; null is a failure of the item
     * @throws IllegalStateException if {@link #whenFailed} chose another last fate than dead letters, {@link #whenFull} something else than to
     *     hold back, or {@link #deadLetters} was called
     */
    public <T, R> Collected<R> collect(
            Iterable<? extends T> items,
            BiConsumer<? super I, ? super T> fill,
            Function<? super E, ? extends R> result) {
        requireNonNull(fill, "fill");
        if (plan.whenFailed == null) {
            whenFailed(WhenFailed.deadLetter());
        }
        plan.checkCollects();
        return Collected.of(this, items, fill, result);
    }

    /**
     * Builds the pipeline; nothing runs yet.
     *
     * @throws PipelineException if the description is wrong; it names all problems
     */
    public Pipeline<I> build() {
        useUp("build");
        List<String> problems = Check.problems(plan);
        if (!problems.isEmpty()) {
            throw new PipelineException(plan.name, problems, null);
        }
        return Pipeline.of(plan);
    }
}
