package io.ringmain.internal.assembly;

import io.ringmain.config.Edge;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.internal.assembly.Rooms.Opening;
import io.ringmain.internal.assembly.SegmentPlan.BoundaryElement;
import io.ringmain.internal.assembly.SegmentPlan.Element;
import io.ringmain.internal.assembly.SegmentPlan.IntoElement;
import io.ringmain.internal.assembly.SegmentPlan.PartitionElement;
import io.ringmain.internal.assembly.SegmentPlan.PoolElement;
import io.ringmain.internal.assembly.SegmentPlan.RoutesElement;
import io.ringmain.internal.assembly.SegmentPlan.SinkElement;
import io.ringmain.internal.assembly.SegmentPlan.StageElement;
import io.ringmain.internal.assembly.SegmentPlan.StripedElement;
import io.ringmain.internal.assembly.SegmentRooms.Station;
import io.ringmain.internal.checkpoint.Checkpoints;
import io.ringmain.internal.checkpoint.Saved;
import io.ringmain.internal.counters.Failures;
import io.ringmain.internal.delivery.DeliveryLane;
import io.ringmain.internal.delivery.Outcomes;
import io.ringmain.internal.delivery.SettleLane;
import io.ringmain.internal.delivery.SinkEdge;
import io.ringmain.internal.delivery.Subscribers;
import io.ringmain.internal.delivery.Way;
import io.ringmain.internal.edge.Writers;
import io.ringmain.internal.failure.Retries;
import io.ringmain.internal.intake.Places;
import io.ringmain.internal.journal.JournalLane;
import io.ringmain.internal.ring.EventWriter;
import io.ringmain.internal.ring.LaneCursor;
import io.ringmain.internal.ring.LaneProgress;
import io.ringmain.internal.ring.Onward;
import io.ringmain.internal.ring.Place;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.ring.RouteColumn;
import io.ringmain.internal.ring.Share;
import io.ringmain.internal.run.Lane;
import io.ringmain.internal.run.Signal;
import io.ringmain.internal.stage.EventLane;
import io.ringmain.internal.stage.IntoLane;
import io.ringmain.internal.stage.KeyStage;
import io.ringmain.internal.stage.KeyedStages;
import io.ringmain.internal.stage.Partition;
import io.ringmain.internal.stage.RouteLane;
import io.ringmain.internal.stage.StageLane;
import io.ringmain.internal.stage.Step;
import io.ringmain.internal.window.WindowEmitter;
import io.ringmain.internal.window.WindowLanes;
import io.ringmain.spi.Journal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Builds the lanes of one segment.
 *
 * <p>It walks along the plan with a <em>front</em>: the lanes that the next one follows. A lane of stages or an emitter becomes the
 * new front, and so do the stripes of a striped stage or the lanes of a partition, all together. Sinks gather beside one another behind the front; once a stage follows them they are the front, because a
 * lane that writes to an event must never run beside one that reads it. Behind the last front stands the settling lane, and the
 * writers are held back by it.
 *
 * @param <E> the event
 */
final class SegmentBuilder<E> {

    static final int BATCH_MAX = 256;
    private static final int SETTLE_MAX = 1024;
    private static final int JOURNAL_MAX = 1024;

    /** What all segments of a pipeline share while they are built. */
    record Site(
            Blueprint<?> plan,
            WhenFailed whenFailed,
            Retries retries,
            Failures failures,
            Grouping grouping,
            BiConsumer<String, Runnable> threads,
            List<Opening> stages,
            List<Opening> sinks,
            List<Partition> partitions,
            List<SegmentBuilder<?>> sides,
            @Nullable Checkpoints checkpoints,
            @Nullable Places places) {

        /** Where the state of {@code part} goes when a barrier passes; null if it has none, or no checkpoints are kept. */
        @Nullable
        Saved saved(String name, @Nullable Object part) {
            return checkpoints == null || part == null ? null : checkpoints.part(name, part);
        }
    }

    private final Site site;
    private final SegmentPlan<E> plan;
    private final SegmentRooms<E> rooms;
    private final Inlet inlet;
    private final Fates<E> fates;
    private final Placing<E> placing;
    private final PartitionLanes<E> partitions;
    private final List<Step<E>> fused = new ArrayList<>();
    private final List<StripedElement<E>> striped = new ArrayList<>();
    private List<Station> front = new ArrayList<>();
    private List<Station> beside = new ArrayList<>();
    private int rank;
    private @Nullable SegmentBuilder<?> next;
    // Which events came too late for the window at its end, if sinks are given them.
    private @Nullable RouteColumn late;

    SegmentBuilder(Site site, SegmentPlan<E> plan, SegmentRooms<E> rooms, Inlet inlet) {
        this.site = site;
        this.plan = plan;
        this.rooms = rooms;
        this.inlet = inlet;
        fates = new Fates<>(site, rooms.ring, inlet);
        partitions = new PartitionLanes<>(site, rooms, fates);
        placing = new Placing<>(site.places(), plan.type, site.plan().segments.indexOf(plan));
    }

    /** Lets letters come back into this segment, if any do. */
    SegmentBuilder<E> takingLetters() {
        placing.openTo(rooms.ring.columns());
        return this;
    }

    /** Builds the lanes; returns the builder of the next segment, or null if this is the last. */
    @Nullable
    SegmentBuilder<?> build() {
        if (site.plan.journal != null && rooms.before == null) {
            addJournal(site.plan.journal);
        }
        for (Element<E> element : plan.elements) {
            if (element instanceof StageElement<E> stage) {
                addStripes();
                placing.stands(stage.step(), placing.next());
                fused.add(stage.step());
                if (site.grouping.perStage()) {
                    addStageLane();
                }
            } else if (element instanceof StripedElement<E> stripe) {
                add(placing.striped(stripe, placing.next()));
            } else if (element instanceof PoolElement<E> pool) {
                endLanes();
                addPool(pool);
            } else if (element instanceof PartitionElement<E> partition) {
                add(partition);
            } else if (element instanceof SinkElement<E> sink) {
                if (sink.route() != RouteColumn.LATE) {
                    endLanes();
                    addSink(sink, null);
                }
            } else if (element instanceof RoutesElement<E> routes) {
                endLanes();
                addRoutes(routes);
            } else if (element instanceof BoundaryElement<E>) {
                endLanes();
                site.grouping.breakOff();
            }
        }
        endLanes();
        if (plan.into != null) {
            addInto(plan.into);
        }
        addSettle();
        return next;
    }

    private void addJournal(Journal journal) {
        var cursor = new LaneCursor(rooms.ring, JOURNAL_MAX, progress(front));
        JournalLane<E> lane = Recording.lane(site, journal, cursor, rooms, inlet);
        site.grouping.addSink(lane, journal.blocking());
        stand(lane, cursor);
    }

    private void add(StripedElement<E> element) {
        if (site.grouping.stripes() == 1) {
            fused.add(element.steps().get());
            if (site.grouping.perStage()) {
                addStageLane();
            }
        } else {
            addStageLane();
            striped.add(element);
        }
    }

    private void endLanes() {
        addStageLane();
        addStripes();
    }

    private void addStageLane() {
        if (fused.isEmpty()) {
            return;
        }
        LaneCursor cursor = advance();
        StageLane<E> lane = lane(nameOf(fused), cursor, List.copyOf(fused));
        fused.clear();
        rooms.stages.add(List.of(lane));
        site.grouping.addStage(lane);
        stand(lane, cursor);
    }

    private void addStripes() {
        if (striped.isEmpty()) {
            return;
        }
        standBehindSinks();
        int count = site.grouping.stripes();
        List<StageLane<E>> lanes = new ArrayList<>();
        List<Station> stations = new ArrayList<>();
        rank++;
        // So small that all of them have some at a time.
        var share = new Share(Math.max(1, Math.min(BATCH_MAX, rooms.ring.bound() / (2 * count))));
        for (int i = 0; i < count; i++) {
            List<Step<E>> steps = new ArrayList<>();
            striped.forEach(element -> steps.add(element.steps().get()));
            var cursor = new LaneCursor(rooms.ring, share, i, progress(front));
            StageLane<E> lane = lane(nameOf(steps) + '#' + (i + 1), cursor, steps);
            lanes.add(lane);
            follow(front, lane);
            stations.add(new Station(lane, cursor, rank));
        }
        striped.clear();
        rooms.stages.add(List.copyOf(lanes));
        rooms.stations.addAll(stations);
        site.grouping.addStripes(lanes);
        front = stations;
    }

    private void addPool(PoolElement<E> element) {
        standBehindSinks();
        rank++;
        front = followed(new PoolLanes<>(site, rooms, fates, placing).lanes(element, front, rank));
    }

    /** Lanes that share the work, once each of them follows the front. */
    private List<Station> followed(List<Station> stations) {
        stations.forEach(station -> follow(front, station.lane()));
        return stations;
    }

    /** The lanes of a partition, behind a step that finds the groups: the last one of the lane, or stripes, that are being gathered. */
    private void add(PartitionElement<E> element) {
        Partition partition = partitions.partition(element.name(), element.lanes());
        int place = placing.next();
        StripedElement<E> key = placing.striped(
                new StripedElement<>(
                        element.keyName(), () -> KeyStage.step(element.keyName(), element.key(), partition.groups())),
                place);
        if (striped.isEmpty()) {
            fused.add(key.steps().get());
        } else {
            striped.add(key);
        }
        endLanes();
        KeyedStages<E> stages = element.stages();
        site.stages.add(new Opening(element.name(), stages::open, stages::close));
        if (site.checkpoints != null) {
            stages.remember(element.name(), site.checkpoints);
        }
        addLanes(partition, () -> stages.step(element.name(), partition.groups()), place);
    }

    private void addLanes(Partition partition, Supplier<Step<E>> steps, int place) {
        standBehindSinks();
        rank++;
        Supplier<Step<E>> placed = () -> {
            Step<E> step = steps.get();
            placing.stands(step, place);
            return step;
        };
        front = followed(partitions.lanes(partition, placed, front, rank));
    }

    /** The lanes that share the work of the window at the end of the segment. That in front must meet all events: it cannot be striped. */
    private void addWindowLanes(WindowEmitter<E, ?> window, String name, int place) {
        Partition partition = partitions.partition(name, window.lanes());
        WindowLanes<E> lanes = window.share(rooms.ring, partition.groups());
        if (site.checkpoints != null) {
            lanes.remember();
        }
        Step<E> key = lanes.keyStep(WindowLanes.keyName(name));
        placing.stands(key, place);
        fused.add(key);
        endLanes();
        addLanes(partition, () -> lanes.addStep(WindowLanes.addName(name)), place);
    }

    private static <E> String nameOf(List<Step<E>> steps) {
        return steps.stream().map(Step::name).collect(Collectors.joining("+"));
    }

    private StageLane<E> lane(String name, LaneCursor cursor, List<Step<E>> steps) {
        steps.forEach(step -> site.stages.add(new Opening(step.name(), step::open, step::close)));
        steps.forEach(step -> step.remembers(site.saved("stage/" + step.name(), step.user())));
        return new StageLane<>(name, cursor, rooms.ring, steps, fates.of(name));
    }

    private void addRoutes(RoutesElement<E> element) {
        LaneCursor cursor = advance();
        placing.stands(element.step(), placing.next());
        var routes = new RouteColumn(rooms.ring.size());
        var routing = new RouteLane.Routing<>(
                element.conditions(), routes, fates.of(element.step().name()));
        var lane = new RouteLane<>(cursor, rooms.ring, element.step(), routing);
        rooms.stages.add(List.of(lane));
        site.grouping.addStage(lane);
        stand(lane, cursor);
        element.sinks().forEach(sink -> addSink(sink, routes));
    }

    private void addSink(SinkElement<E> element, @Nullable RouteColumn routes) {
        Edge edge = element.delivery().edge();
        int place = placing.next();
        placing.comesBack(element.name(), Place.only(place));
        if (edge == null) {
            addSink(element, element.name(), new Way<>(routes, element.route(), null, rooms.isSide(), place));
            site.sinks.add(new Opening(element.name(), element.sink()::open, element.sink()::close));
            return;
        }
        var published = new Signal();
        String name = element.name() + SegmentRooms.OF_SINK;
        placing.comesBack(name, Place.only(place));
        int bound = Writers.ringBound(edge.whenFull(), edge.bound());
        Ring<E> ring = Ring.of(plan.type, bound, false, published);
        EventWriter<E> writer =
                Writers.ofLane(ring, edge.whenFull(), edge.bound(), failure -> site.failures.record(name, failure));
        var sideRooms = new SegmentRooms<>(ring, writer, rooms);
        var sinkEdge = new SinkEdge<>(rooms.ring, writer, sideRooms::cut);
        DeliveryLane lane = addSink(element, name, new Way<>(routes, element.route(), sinkEdge, false, place));
        site.stages.add(new Opening(name, writer::open, writer::close));
        rooms.sides.put(lane, sideRooms);
        SegmentPlan<E> side = new SegmentPlan<>(plan.type);
        side.bound = edge.bound();
        side.elements.add(SinkElement.of(
                element.name(), element.sink(), element.delivery().straight()));
        site.sides.add(new SegmentBuilder<>(site, side, sideRooms, inlet.behind(published, lane)));
    }

    private DeliveryLane addSink(SinkElement<E> element, String name, Way<E> way) {
        var cursor = new LaneCursor(rooms.ring, BATCH_MAX, progress(front));
        DeliveryLane lane =
                new SinkLanes<>(site, rooms.ring, inlet.sourceNames(), fates).lane(element, name, cursor, way);
        rooms.sinks.add(lane);
        site.grouping.addSink(lane, way.edge() == null && element.sink().blocking());
        follow(front, lane);
        var station = new Station(lane, cursor, rank + 1);
        beside.add(station);
        rooms.stations.add(station);
        return lane;
    }

    @SuppressWarnings("unchecked") // The window at the end of a segment is one of its events.
    private <R> void addInto(IntoElement<E, R> into) {
        int place = placing.next();
        var wayOn = new WayOn<>(site, plan, rooms, inlet.sourceNames(), fates);
        wayOn.connect(into);
        if (into.windowLanes() > 1) {
            addStripes();
            addWindowLanes((WindowEmitter<E, R>) into.emitter(), into.step().name(), place);
        }
        var intoPublished = new Signal();
        WhenFull whenFull = into.edge() == null ? WhenFull.block() : into.edge();
        int bound = into.next().bound;
        String name = into.step().name();
        Ring<R> ring = Ring.of(into.next().type, Writers.ringBound(whenFull, bound), false, intoPublished);
        EventWriter<R> writer = Writers.ofLane(ring, whenFull, bound, failure -> site.failures.record(name, failure));
        var nextRooms = new SegmentRooms<>(ring, writer, rooms);
        LaneCursor cursor = advance();
        placing.stands(into.step(), place);
        Onward<R> onward = placing.onward(ring, writer, site.plan.segments.indexOf(into.next()));
        var to = new IntoLane.Next<>(writer, nextRooms::cut, into.edge() != null, onward);
        late = plan.lateSinks().isEmpty() ? null : new RouteColumn(rooms.ring.size());
        EventLane<E> lane = wayOn.lane(cursor, into, to, late);
        site.stages.add(new Opening(name, writer::open, writer::close));
        rooms.stages.add(List.of(lane));
        site.grouping.addStage(lane);
        stand(lane, cursor);
        RouteColumn routes = late;
        plan.lateSinks().forEach(sink -> addSink(sink, routes));
        Inlet events = into.edge() == null
                ? Inlet.results(intoPublished, lane, name, site.plan.deadLetters.isDurable())
                : inlet.behind(intoPublished, lane);
        SegmentBuilder<R> following = new SegmentBuilder<>(site, into.next(), nextRooms, events);
        next = onward == null ? following : following.takingLetters();
        site.grouping.nextSegment(into.edge() != null);
    }

    private void addSettle() {
        List<Outcomes> outcomes = new ArrayList<>();
        rooms.sinks.forEach(sink -> outcomes.add(sink.outcomes()));
        List<Station> last = beside.isEmpty() ? front : beside;
        var cursor = new LaneCursor(rooms.ring, SETTLE_MAX, progress(last));
        List<Lane> before = new ArrayList<>();
        last.forEach(station -> before.add(station.lane()));
        var behind = new SettleLane.Behind(outcomes, before, plan.into != null, late);
        var lane = new SettleLane(settleName(), rooms.ring, cursor, behind, SETTLE_MAX);
        rooms.settledBy(lane);
        if (site.checkpoints != null) {
            site.checkpoints.addSegment();
            lane.onBarrier(site.checkpoints::passed);
        }
        rooms.ring.gateOn(cursor.progress());
        site.grouping.addSettle(lane, before);
        follow(last, lane);
        rooms.stations.add(new Station(lane, cursor, rank + 2));
        Lane writerLane = inlet.writerLane();
        if (writerLane != null) {
            site.grouping.wakes(lane, writerLane);
        }
    }

    private String settleName() {
        if (rooms.isSide()) {
            return Check.SETTLE + '-' + rooms.sinks.get(0).name();
        }
        int number = site.plan.segments.indexOf(plan) + 1;
        return number == 1 ? Check.SETTLE : Check.SETTLE + '-' + number;
    }

    /** Makes the cursor of a lane that becomes the front. */
    private LaneCursor advance() {
        standBehindSinks();
        return new LaneCursor(rooms.ring, BATCH_MAX, progress(front));
    }

    private void standBehindSinks() {
        if (!beside.isEmpty()) {
            front = beside;
            beside = new ArrayList<>();
            rank++;
        }
    }

    private void stand(Lane lane, LaneCursor cursor) {
        follow(front, lane);
        rank++;
        var station = new Station(lane, cursor, rank);
        front = List.of(station);
        rooms.stations.add(station);
    }

    private void follow(List<Station> upstream, Lane lane) {
        if (upstream.isEmpty()) {
            site.grouping.publicationWakes(inlet.published(), inlet.writerLane(), lane);
        }
        upstream.forEach(station -> site.grouping.wakes(station.lane(), lane));
    }

    /** What a lane behind {@code stations} follows: first what is given out among lanes that share the work, then the lanes. */
    static LaneProgress[] progress(List<Station> stations) {
        Set<LaneProgress> progress = new LinkedHashSet<>();
        for (Station station : stations) {
            LaneProgress given = station.cursor().given();
            if (given != null) {
                progress.add(given);
            }
        }
        stations.forEach(station -> progress.add(station.cursor().progress()));
        return progress.toArray(new LaneProgress[0]);
    }

    /** Whether what follows has events of the same type. */
    boolean endsInEdge() {
        return plan.into != null && plan.into.edge() != null;
    }

    /** Makes the place where sinks join the segment, which is built. */
    Subscribers<E> subscribers() {
        return new Subscribers<>(rooms.ring, inlet.sourceNames(), rooms.settle(), placing.last());
    }

    /** The rooms that are being built. */
    SegmentRooms<E> rooms() {
        return rooms;
    }
}
