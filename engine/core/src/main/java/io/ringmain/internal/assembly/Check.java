package io.ringmain.internal.assembly;

import io.ringmain.config.Batching;
import io.ringmain.config.Edge;
import io.ringmain.config.Replaying;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.internal.assembly.SegmentPlan.IntoElement;
import io.ringmain.internal.assembly.SegmentPlan.PartitionElement;
import io.ringmain.internal.assembly.SegmentPlan.PoolElement;
import io.ringmain.internal.assembly.SegmentPlan.RoutesElement;
import io.ringmain.internal.assembly.SegmentPlan.SinkElement;
import io.ringmain.internal.assembly.SegmentPlan.StageElement;
import io.ringmain.internal.assembly.SegmentPlan.StripedElement;
import io.ringmain.internal.delivery.DeferredSink;
import io.ringmain.internal.edge.Writers;
import io.ringmain.internal.intake.Merge;
import io.ringmain.internal.journal.JournalLane;
import io.ringmain.internal.ring.Groups;
import io.ringmain.internal.stage.SlotEmitter;
import io.ringmain.internal.window.WindowEmitter;
import io.ringmain.internal.window.WindowLanes;
import io.ringmain.spi.DeadLetters;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Portable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds everything that is wrong with a plan, at once. */
public final class Check {

    private static final int BOUND_MAX = 1 << 30;

    /** As many as the route column has numbers for. */
    private static final int ROUTES_MAX = Byte.MAX_VALUE;

    /** The name of the settling lane of the first segment; the others have a number behind it. */
    static final String SETTLE = "settle";

    /** What events that threads publish have as their source's name. */
    static final String PUBLISHER = "publisher";

    private static final Set<String> RESERVED = Set.of("intake", SETTLE, "supervisor", DeadLetters.SOURCE);

    private final List<String> problems = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Set<Path> spills = new HashSet<>();
    private final Blueprint<?> plan;

    private Check(Blueprint<?> plan) {
        this.plan = plan;
    }

    /** Returns what is wrong with {@code plan}, one sentence each; empty if nothing is. */
    public static List<String> problems(Blueprint<?> plan) {
        return new Check(plan).run();
    }

    /** Returns the names that parts of {@code plan}, or the engine, have. */
    static Set<String> names(Blueprint<?> plan) {
        var check = new Check(plan);
        check.run();
        check.names.addAll(RESERVED);
        check.names.add(PUBLISHER);
        return check.names;
    }

    private List<String> run() {
        if (plan.whenFailed == null) {
            problems.add(
                    "whenFailed: not chosen (expected: stop, skip, retry or deadLetter); a failed event must have a fate");
        }
        if (plan.drainWithin.isNegative()) {
            problems.add("drainWithin: " + plan.drainWithin + " (expected: >= 0)");
        }
        checkInputs();
        checkCheckpoints();
        checkJournal();
        checkLetters();
        WhenFull before = plan.firstWhenFull();
        policy("whenFull", before, plan.segments.get(0).type);
        for (SegmentPlan<?> segment : plan.segments) {
            check(segment, Writers.ringBound(before, segment.bound));
            before = segment.into == null || segment.into.edge() == null ? WhenFull.block() : segment.into.edge();
        }
        return problems;
    }

    private void checkInputs() {
        plan.sources.forEach(source -> name("source", source.name()));
        plan.pushSources.forEach(source -> name("source", source.name()));
        plan.sources.forEach(source -> ownPolicy(source.name(), source.whenFull()));
        plan.pushSources.forEach(source -> ownPolicy(source.name(), plan.merges() ? source.whenFull() : null));
        int sources = plan.sources.size() + plan.pushSources.size();
        if (sources > Merge.SOURCES_MAX - 1) {
            problems.add("source: " + sources + " sources (expected: <= " + (Merge.SOURCES_MAX - 1) + ')');
        }
        if (plan.hasSideRings() && !plan.segments.get(0).type.copyable()) {
            problems.add((plan.merging ? "merging" : "pushSource beside other sources or checkpoints")
                    + ": over an event type that cannot be copied (expected: copyable);"
                    + " give EventType.of a copy function");
        }
    }

    private void checkJournal() {
        EventType<?> type = plan.segments.get(0).type;
        if (plan.journal != null && !(type instanceof Portable<?>)) {
            problems.add("journal: over an event type that cannot be written (expected: Portable); implement Portable");
        }
        boolean unwritten = plan.types().stream().anyMatch(any -> !(any instanceof Portable<?>));
        if (plan.journal != null && plan.takesLettersBack() && unwritten) {
            problems.add("journal: beside letters that come back, over an event type that cannot be written (expected:"
                    + " Portable in each segment); what comes back is written down too");
        }
        if (plan.replay == null) {
            return;
        }
        if (!(type instanceof Portable<?>)) {
            problems.add("replaying: an event type that cannot be read (expected: Portable); implement Portable");
        }
        if (plan.checkpointing != null) {
            problems.add(
                    "replaying: beside checkpoints (expected: none); a replay begins with nothing, as its run did");
        }
        Replaying.Shown shown = plan.replay.how().shown();
        List<String> stateful = plan.segments.stream()
                .flatMap(segment -> segment.statefulNames().stream())
                .toList();
        if (shown != null
                && !stateful.contains("stage " + shown.stage())
                && !stateful.contains("emitter " + shown.stage())) {
            problems.add("replaying.showing: " + shown.stage() + " (expected: a part that remembers something: "
                    + stateful + ')');
        }
    }

    private void checkLetters() {
        plan.segments.stream()
                .filter(plan::buries)
                .map(segment -> segment.type)
                .distinct()
                .filter(type -> !plan.deadLetters.keeps(type))
                .forEach(type -> problems.add("deadLetters: a store that cannot write events of "
                        + type.create().getClass().getName()
                        + " (expected: one that can); implement Portable, or give the store a codec for them"));
    }

    /** The type of events that can be written, of which that was checked. */
    static <E> Portable<E> portable(EventType<E> type) {
        if (type instanceof Portable<E> portable) {
            return portable;
        }
        throw new IllegalStateException("The plan was not checked.");
    }

    private void checkCheckpoints() {
        if (plan.checkpointing == null) {
            return;
        }
        if (plan.buries() && !plan.deadLetters.isDurable()) {
            problems.add(
                    "checkpoints: beside dead letters that do not outlive the process (expected: stop, skip, or durable letters);"
                            + " their events would be acknowledged and lost");
        }
        if (plan.checkpointing.store() == null) {
            for (SegmentPlan<?> segment : plan.segments) {
                segment.statefulNames()
                        .forEach(name -> problems.add(name
                                + ": remembers what it was given, but nothing keeps that (expected: checkpoints with a store);"
                                + " its sources would be told that events are done with which only it has"));
            }
        }
    }

    /** What waits in a room was let in by the one policy that chooses among all that wait there. */
    private void ownPolicy(String source, @Nullable WhenFull own) {
        if (own == null) {
            return;
        }
        if (own.hasRoom()) {
            problems.add(needsRoom(source, own));
        } else if (plan.whenFull.hasRoom()) {
            problems.add("source " + source + ".whenFull: " + own + " beside the pipeline's " + plan.whenFull
                    + " (expected: one without a waiting room); in a room all events are under one policy");
        }
    }

    /** What is wrong with {@code own} as the policy of one source. */
    public static String needsRoom(String source, WhenFull own) {
        return "source " + source + ".whenFull: " + own
                + " needs a waiting room (expected: block, block for, drop newest or sample);"
                + " choose it as the pipeline's whenFull, for all sources";
    }

    private <E> void check(SegmentPlan<E> segment, int ringBound) {
        if (segment.bound < 1 || segment.bound > BOUND_MAX) {
            problems.add("bound: " + segment.bound + " (expected: from 1 to " + BOUND_MAX
                    + "); remove it for the default " + SegmentPlan.BOUND_DEFAULT);
        }
        if (plan.whenFailed != null && plan.whenFailed.buries() && !segment.type.copyable()) {
            problems.add("whenFailed: deadLetter over an event type that cannot be copied (expected: copyable);"
                    + " give EventType.of a copy function");
        }
        for (SegmentPlan.Element<E> element : segment.elements) {
            if (element instanceof StageElement<E> stage) {
                name("stage", stage.step().name());
                if (stage.step().restoring() && !segment.type.copyable()) {
                    problems.add(
                            "stage " + stage.step().name()
                                    + ": restoring, but the event type cannot be copied (expected: copyable); give EventType.of a copy function");
                }
            } else if (element instanceof StripedElement<E> striped) {
                name("stage", striped.name());
            } else if (element instanceof PoolElement<E> pool) {
                name("stage", pool.name());
                checkTimeLimit(pool, segment.type.copyable());
            } else if (element instanceof PartitionElement<E> partition) {
                check(partition, segment);
            } else if (element instanceof SinkElement<E> sink) {
                check(segment, sink, ringBound);
            } else if (element instanceof RoutesElement<E> routes) {
                name("routes", routes.step().name());
                if (routes.conditions().isEmpty() || routes.conditions().size() > ROUTES_MAX) {
                    problems.add("routes " + routes.step().name() + ": "
                            + routes.conditions().size() + " routes (expected: from 1 to " + ROUTES_MAX + ")");
                }
                for (int route = 0; route < routes.conditions().size(); route++) {
                    int index = route;
                    if (routes.sinks().stream().noneMatch(sink -> sink.route() == index)) {
                        problems.add("routes " + routes.step().name() + ": route " + (route + 1)
                                + " has no sink (expected: at least one behind when)");
                    }
                }
                routes.sinks().forEach(sink -> check(segment, sink, ringBound));
            }
        }
        if (segment.into != null) {
            check(segment.into, segment);
        }
        boolean findsLate = segment.into != null && segment.into.emitter() instanceof SlotEmitter;
        for (SinkElement<E> sink : findsLate ? List.<SinkElement<E>>of() : segment.lateSinks()) {
            problems.add("sink " + sink.name()
                    + ": for late events, but no window ends its segment (expected: a window behind it)");
        }
    }

    private void check(IntoElement<?, ?> into, SegmentPlan<?> segment) {
        name("stage", into.step().name());
        if (into.windowLanes() > 1) {
            name("stage", WindowLanes.keyName(into.step().name()));
            name("stage", WindowLanes.addName(into.step().name()));
        }
        if (into.emitter() instanceof WindowEmitter<?, ?> window && window.lanes() > 1 && !window.isShareable()) {
            problems.add(
                    "window " + into.step().name() + ".lanes: " + window.lanes() + " over " + window.windows()
                            + " (expected: 1, or windows at fixed places); where another ends is known only behind the events of its key that came before");
        }
        if (segment.tickNs() < 0) {
            problems.add(
                    "emitter " + into.step().name() + ".tickNs: " + segment.tickNs() + " (expected: >= 0; 0 is never)");
        }
        if (into.edge() != null && segment.type.copyable()) {
            policy(into.step().name() + ".whenFull", into.edge(), segment.type);
        }
        if (into.parking() != null) {
            checkParking(into.step().name(), segment.type);
        }
        if (into.edge() != null && !segment.type.copyable()) {
            problems.add(
                    into.step().name()
                            + ": over an event type that cannot be copied (expected: copyable); give EventType.of a copy function");
        }
    }

    private void checkParking(String stage, EventType<?> type) {
        if (!(plan.whenFailed instanceof WhenFailed.Retry)) {
            problems.add("stage " + stage
                    + ".parking: without a retry (expected: whenFailed: retry); nothing would be set aside");
        }
        boolean saved = plan.checkpointing != null || plan.showsState();
        if (saved && !(type instanceof Portable)) {
            problems.add("stage " + stage + ".parking: beside checkpoints over an event type that cannot be written"
                    + " (expected: a Portable); what is set aside is part of each checkpoint");
        }
    }

    private void checkTimeLimit(PoolElement<?> pool, boolean copyable) {
        if (pool.pooling().timeLimit() != null && !copyable) {
            problems.add(
                    "pool " + pool.name()
                            + ": timeLimit, but the event type cannot be copied (expected: copyable); give EventType.of a copy function");
        }
        if (pool.pooling().timeLimit() != null && plan.runner != null) {
            problems.add(
                    "pool " + pool.name()
                            + ": timeLimit with a runner of your own (expected: none); an attempt that is given up needs a thread");
        }
    }

    private <E> void check(PartitionElement<E> partition, SegmentPlan<E> segment) {
        name("stage", partition.name());
        name("stage", partition.keyName());
        if (partition.lanes() < 1 || partition.lanes() > Groups.COUNT) {
            problems.add("stage " + partition.name() + ": lanes " + partition.lanes() + " (expected: from 1 to "
                    + Groups.COUNT + "); there are " + Groups.COUNT + " groups of keys to share");
        }
        if (partition.stages().restoring() && !segment.type.copyable()) {
            problems.add(
                    "stage " + partition.name()
                            + ": restoring, but the event type cannot be copied (expected: copyable); give EventType.of a copy function");
        }
    }

    private void policy(String where, WhenFull whenFull, EventType<?> type) {
        if (whenFull.hasRoom() && !type.copyable()) {
            problems.add(where + ": " + whenFull + " over an event type that cannot be copied (expected: copyable);"
                    + " give EventType.of a copy function");
        }
        if (whenFull instanceof WhenFull.Shed<?> shed && !shed.type().isInstance(type.create())) {
            problems.add(where + ": shed by the priority of " + shed.type().getName()
                    + ", of which the events are none (expected: the type of the events)");
        }
        if (whenFull instanceof WhenFull.Spill spill) {
            if (!(type instanceof Portable<?>)) {
                problems.add(where + ": spill over an event type that cannot be written (expected: Portable);"
                        + " implement Portable, or choose another policy");
            }
            if (!spills.add(spill.path().toAbsolutePath().normalize())) {
                problems.add(
                        where + ": spill to " + spill.path() + ", as another edge does (expected: a file for each)");
            }
        }
    }

    private <E> void check(SegmentPlan<E> segment, SinkElement<E> sink, int ringBound) {
        name("sink", sink.name());
        Edge edge = sink.delivery().edge();
        Batching batching = sink.delivery().batching();
        int bound = edge == null ? ringBound : Writers.ringBound(edge.whenFull(), edge.bound());
        if (!batching.waitMax().isZero() && batching.countMax() > bound) {
            problems.add("sink " + sink.name() + ": batching.countMax "
                    + batching.countMax() + " (expected: <= bound " + bound
                    + "); such a batch could never fill");
        }
        if (sink.sink() instanceof DeferredSink<E> deferred
                && deferred.inFlight().limitMax() > bound / batching.countMax()) {
            problems.add("sink " + sink.name() + ": inFlight.limitMax: "
                    + deferred.inFlight().limitMax() + " batches of batching.countMax " + batching.countMax()
                    + " (expected: <= bound " + bound + " events in all); so many could never be in the ring");
        }
        if (sink.buries() && !segment.type.copyable()) {
            problems.add("sink " + sink.name()
                    + ".whenFailed: deadLetter over an event type that cannot be copied (expected: copyable);"
                    + " give EventType.of a copy function");
        }
        if (edge == null) {
            return;
        }
        if (!segment.type.copyable()) {
            problems.add(
                    "sink " + sink.name()
                            + ": edge over an event type that cannot be copied (expected: copyable); give EventType.of a copy function");
        } else {
            policy("sink " + sink.name() + ".whenFull", edge.whenFull(), segment.type);
        }
        if (edge.bound() > BOUND_MAX) {
            problems.add("sink " + sink.name() + ": edge.bound: " + edge.bound() + " (expected: from 1 to " + BOUND_MAX
                    + ')');
        }
    }

    private void name(String what, String name) {
        if (RESERVED.contains(name)
                || (plan.merging && name.equals(PUBLISHER))
                || (plan.journal != null && name.equals(JournalLane.NAME))
                || name.startsWith(SETTLE + '-')) {
            problems.add(what + ' ' + name + ": the name is the engine's own (expected: another); reports use it");
        } else if (name.isBlank()) {
            problems.add(what + ": blank name (expected: a name)");
        } else if (!names.add(name)) {
            problems.add(
                    what + ' ' + name + ": the name is taken (expected: unique); reports could not tell them apart");
        }
    }
}
