package io.ringmain;

import io.ringmain.Report.Blocked;
import io.ringmain.Report.CheckpointReport;
import io.ringmain.Report.CircuitReport;
import io.ringmain.Report.EdgeReport;
import io.ringmain.Report.Failure;
import io.ringmain.Report.Left;
import io.ringmain.Report.LimitReport;
import io.ringmain.Report.SinkReport;
import io.ringmain.Report.StageReport;
import io.ringmain.Report.SubscriberReport;
import io.ringmain.Report.Times;
import io.ringmain.internal.assembly.Rooms;
import io.ringmain.internal.assembly.SegmentRooms;
import io.ringmain.internal.checkpoint.Checkpoints;
import io.ringmain.internal.counters.BlockedTime;
import io.ringmain.internal.counters.Failures;
import io.ringmain.internal.delivery.Circuit;
import io.ringmain.internal.delivery.DeliveryLane;
import io.ringmain.internal.delivery.FlightLimit;
import io.ringmain.internal.delivery.SettleLane;
import io.ringmain.internal.delivery.SinkCounts;
import io.ringmain.internal.delivery.SubscriberLane;
import io.ringmain.internal.intake.Door;
import io.ringmain.internal.intake.Merge;
import io.ringmain.internal.latency.Latency;
import io.ringmain.internal.ring.EventWriter;
import io.ringmain.internal.run.Lane;
import io.ringmain.internal.stage.EventLane;
import io.ringmain.internal.stage.IntoLane;
import io.ringmain.internal.stage.ParkingArena;
import io.ringmain.internal.stage.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Reads what the rooms have counted. */
final class Reporter {

    private static final Times NO_TIMES = new Times(0, 0, 0, 0, 0, 0);

    private final String pipeline;
    private final Rooms<?> rooms;
    private final PipelineState state;
    private boolean timed = true;

    Reporter(String pipeline, Rooms<?> rooms, PipelineState state) {
        this.pipeline = pipeline;
        this.rooms = rooms;
        this.state = state;
    }

    /** Leaves the times out. */
    Reporter withoutTimes() {
        timed = false;
        return this;
    }

    Report report() {
        List<Accounts> segments = new ArrayList<>();
        List<StageReport> stages = new ArrayList<>();
        List<SinkReport> sinks = new ArrayList<>();
        List<EdgeReport> edges = new ArrayList<>();
        double ringShare = 0;
        for (SegmentRooms<?> segment : rooms.segments) {
            Accounts accounts = accounts(segment, state == PipelineState.CLOSED);
            segments.add(accounts);
            edges.add(edge(segment, accounts));
            ringShare = Math.max(ringShare, (double) accounts.inFlight() / segment.bound());
            segment.stages.forEach(lanes -> addStages(lanes, stages));
            if (!segment.isSide()) {
                addSinks(segment, sinks);
            }
        }
        List<Failure> failures = new ArrayList<>();
        rooms.failures.entries().forEach(entry -> failures.add(failure(entry)));
        return new Report(
                pipeline,
                state,
                rooms.supervisor.hasFailed(),
                Duration.ofNanos(rooms.supervisor.runNs()),
                segments.get(0),
                refused(),
                Math.min(1, ringShare),
                segments,
                stages,
                new SourcesReporter(rooms).sources(),
                edges,
                sinks,
                rooms.checkpoints == null || rooms.checkpoints.isOfLetters() ? null : checkpoint(rooms.checkpoints),
                rooms.subscriberLanes().stream().map(Reporter::subscriber).toList(),
                times(rooms.segments.get(0).settle().latency()),
                state == PipelineState.CLOSED ? left() : List.of(),
                rooms.supervisor.abandoned(),
                failures);
    }

    private CheckpointReport checkpoint(Checkpoints checkpoints) {
        long atNs = checkpoints.storedAtNs();
        Duration since = atNs == Long.MAX_VALUE ? null : Duration.ofNanos(Math.max(0, rooms.runner.nowNs() - atNs));
        return new CheckpointReport(
                checkpoints.isContinued(),
                checkpoints.stored(),
                checkpoints.failed(),
                checkpoints.storedBytes(),
                since);
    }

    /** The accounts per segment with what is in flight counted slot by slot: for moments when no lane moves. */
    List<Accounts> measuredAccounts() {
        List<Accounts> measured = new ArrayList<>();
        rooms.segments.forEach(segment -> measured.add(accounts(segment, true)));
        return measured;
    }

    private Accounts accounts(SegmentRooms<?> segment, boolean measure) {
        // Settled first, received last: a picture of a running pipeline then never shows fewer events in flight than
        // none.
        SettleLane settled = segment.settle();
        long delivered = settled.delivered();
        long absorbed = settled.absorbed();
        long filtered = settled.filtered();
        long skipped = settled.dropped();
        long dead = settled.dead();
        Map<String, Long> reasons = dropsBefore(segment);
        long dropped = reasons.values().stream().mapToLong(Long::longValue).sum();
        ParkingArena<?> arena = segment.arena();
        long parked = 0;
        long loaded = 0;
        if (arena != null) {
            loaded = arena.loaded();
            absorbed -= arena.absorbedTooEarly();
            filtered += arena.filtered();
            skipped += arena.dropped();
            dead += arena.dead();
            parked = arena.parked();
        }
        // What an earlier run had set aside comes in from there.
        long received = receivedBy(segment) + loaded;
        // Read after them: no more than there are.
        long late = Math.min(skipped, segment.lateDropped());
        if (skipped > late) {
            reasons.put("skipped", skipped - late);
        }
        if (late > 0) {
            reasons.put("late", late);
        }
        long derived = received - delivered - absorbed - filtered - skipped - dead - dropped - parked;
        return new Accounts(
                received,
                delivered,
                absorbed,
                filtered,
                reasons,
                dead,
                parked,
                measure ? segment.inFlightMeasured() : derived,
                replayed(segment));
    }

    /** How many of the received were letters that came back. */
    private long replayed(SegmentRooms<?> segment) {
        return segment.before == null ? new SourcesReporter(rooms).replayed() : 0;
    }

    /** The drops of the policy before the ring of {@code segment}. */
    private Map<String, Long> dropsBefore(SegmentRooms<?> segment) {
        Door<?> door = rooms.door();
        Merge<?> merge = rooms.merge();
        EventWriter<?> writer = segment.writer;
        if (writer == null) {
            return door == null ? new TreeMap<>() : drops(door::eachDrop);
        }
        return drops(add -> {
            writer.eachDrop(add);
            if (merge != null && segment.before == null) {
                merge.eachDrop(add);
            }
        });
    }

    /** What is told, by reason, without those that never happened. */
    static Map<String, Long> drops(Consumer<ObjLongConsumer<String>> teller) {
        Map<String, Long> reasons = new TreeMap<>();
        teller.accept((reason, count) -> {
            if (count > 0) {
                reasons.merge(reason, count, Long::sum);
            }
        });
        return reasons;
    }

    private long receivedBy(SegmentRooms<?> segment) {
        Door<?> door = rooms.door();
        return segment.writer == null && door != null ? door.received() : segment.received();
    }

    private long refused() {
        Door<?> door = rooms.door();
        Merge<?> merge = rooms.merge();
        return merge != null ? merge.refused() : door == null ? 0 : door.refused();
    }

    private EdgeReport edge(SegmentRooms<?> segment, Accounts accounts) {
        Map<String, Long> dropped = new TreeMap<>(accounts.dropped());
        long skipped = dropped.getOrDefault("skipped", 0L);
        dropped.remove("skipped");
        skipped += dropped.getOrDefault("late", 0L);
        dropped.remove("late");
        long processed = accounts.delivered() + accounts.absorbed() + accounts.filtered() + accounts.deadLettered();
        Lane before = laneBefore(segment);
        EventWriter<?> writer = segment.writer;
        return new EdgeReport(
                edgeName(segment),
                accounts.received(),
                processed + skipped,
                dropped,
                segment.waiting(),
                writer == null ? 0 : writer.spilledBytes(),
                before == null ? new SourcesReporter(rooms).blockedAtIntake() : blocked(blockedIn(before)));
    }

    private static Failure failure(Failures.Entry entry) {
        Failures.Origin first = entry.first();
        return new Failure(
                entry.where(),
                entry.type(),
                entry.message(),
                entry.count(),
                first == null ? null : new Report.Origin(first.source(), first.position()));
    }

    private static String edgeName(SegmentRooms<?> segment) {
        Lane before = laneBefore(segment);
        return before == null ? "intake" : before.name();
    }

    /** The lane that writes the events of {@code segment}; null for the first. */
    private static @Nullable Lane laneBefore(SegmentRooms<?> segment) {
        SegmentRooms<?> before = segment.before;
        if (before == null) {
            return null;
        }
        Lane side = before.sides.entrySet().stream()
                .filter(entry -> entry.getValue() == segment)
                .findFirst()
                .map(Map.Entry::getKey)
                .orElse(null);
        return side != null ? side : before.stages.get(before.stages.size() - 1).get(0);
    }

    static List<BlockedTime> blockedIn(Lane lane) {
        if (lane instanceof DeliveryLane sink) {
            return sink.blocked();
        }
        return lane instanceof EventLane<?> event ? event.blocked() : List.of();
    }

    static List<Blocked> blocked(long count, long ns) {
        return count == 0 ? List.of() : List.of(new Blocked("ring_full", count, ns));
    }

    /** Adds the stages that {@code lanes} share: one report each, over all lanes. */
    private <E> void addStages(List<? extends EventLane<E>> lanes, List<StageReport> stages) {
        List<BlockedTime> times = new ArrayList<>();
        lanes.forEach(lane -> times.addAll(lane.blocked()));
        List<Blocked> blocked = blocked(times);
        List<String> names = lanes.stream().map(Lane::name).toList();
        EventLane<E> first = lanes.get(0);
        int count = first.steps().size();
        // What ended before what was taken: the lanes count in the other order, so no picture shows more out than in.
        long[][] ended = new long[count][4];
        long in = 0;
        long depthMax = 0;
        long late = first instanceof IntoLane<E, ?> into ? into.late() : 0;
        for (EventLane<E> lane : lanes) {
            for (int i = 0; i < count; i++) {
                Step<E> step = lane.steps().get(i);
                ended[i][0] += step.filtered();
                ended[i][1] += step.dropped();
                ended[i][2] += step.dead();
                ended[i][3] += step.failed();
            }
            in += lane.taken();
            depthMax = Math.max(depthMax, lane.cursor().depthMax());
        }
        for (int i = 0; i < count; i++) {
            long[] gone = ended[i];
            long out = in - gone[0] - gone[1] - gone[2];
            int index = i;
            stages.add(new StageReport(
                    first.steps().get(i).name(),
                    names,
                    in,
                    out,
                    gone[0],
                    gone[3],
                    gone[1],
                    gone[2],
                    late,
                    times(lanes.stream()
                            .map(lane -> lane.steps().get(index).waited())
                            .toList()),
                    times(lanes.stream()
                            .map(lane -> lane.steps().get(index).service())
                            .toList()),
                    depthMax,
                    blocked));
            in = out;
        }
    }

    private <E> void addSinks(SegmentRooms<E> segment, List<SinkReport> sinks) {
        for (DeliveryLane lane : segment.sinks) {
            SegmentRooms<E> side = segment.sides.get(lane);
            sinks.add(side == null ? sink(lane) : sinkBehind(lane, sink(side.sinks.get(0)), side));
        }
    }

    /** A sink with a ring of its own: what it was offered is what its edge was. */
    private SinkReport sinkBehind(DeliveryLane edge, SinkReport sink, SegmentRooms<?> side) {
        Map<String, Long> drops = dropsBefore(side);
        SinkCounts before = edge.counts();
        long dropped = before.dropped()
                + sink.dropped()
                + drops.values().stream().mapToLong(Long::longValue).sum();
        long notWanted = before.notWanted();
        long dead = before.dead() + sink.deadLettered();
        List<BlockedTime> blocked = new ArrayList<>(edge.blocked());
        blocked.addAll(side.sinks.get(0).blocked());
        return new SinkReport(
                sink.name(),
                before.offered(),
                sink.delivered(),
                notWanted,
                before.failed() + sink.failed(),
                dropped,
                dead,
                sink.waited(),
                sink.service(),
                sink.depthMax(),
                blocked(blocked),
                sink.circuit(),
                sink.inFlightLimit());
    }

    private SinkReport sink(DeliveryLane lane) {
        SinkCounts counts = lane.counts();
        // What ended before what was offered: the lane counts in the other order.
        long delivered = counts.delivered();
        long notWanted = counts.notWanted();
        long dropped = counts.dropped();
        long dead = counts.dead();
        return new SinkReport(
                lane.name(),
                counts.offered(),
                delivered,
                notWanted,
                counts.failed(),
                dropped,
                dead,
                times(counts.waited()),
                times(counts.service()),
                lane.cursor().depthMax(),
                blocked(lane.blocked()),
                circuit(lane.circuit().standing()),
                limit(lane.limit()));
    }

    private static @Nullable LimitReport limit(@Nullable FlightLimit limit) {
        return limit == null ? null : new LimitReport(limit.limit(), limit.underWayMax());
    }

    private @Nullable CircuitReport circuit(Circuit.@Nullable Standing standing) {
        if (standing == null) {
            return null;
        }
        return new CircuitReport(
                standing.state().name().toLowerCase(Locale.ROOT),
                standing.opened(),
                Duration.ofNanos(rooms.supervisor.runNsSince(standing.sinceNs())));
    }

    static SubscriberReport subscriber(SubscriberLane<?> lane) {
        // What ended before what was offered, as with sinks.
        long delivered = lane.delivered();
        long notWanted = lane.notWanted();
        long lagged = lane.lagged();
        return new SubscriberReport(
                lane.name(), lane.offered(), delivered, notWanted, lagged, lane.failed(), blocked(lane.blocked()));
    }

    private List<Left> left() {
        List<Left> left = new ArrayList<>();
        for (SegmentRooms<?> segment : rooms.segments) {
            if (segment.waiting() > 0) {
                left.add(new Left(edgeName(segment), segment.waiting()));
            }
            for (SegmentRooms.Station station : segment.stations) {
                long waiting = station.cursor().waiting();
                if (waiting > 0) {
                    left.add(new Left(station.lane().name(), waiting));
                }
            }
        }
        return left;
    }

    static List<Blocked> blocked(List<BlockedTime> times) {
        Map<String, Blocked> blocked = new LinkedHashMap<>();
        for (BlockedTime time : times) {
            if (time.count() > 0) {
                blocked.merge(
                        time.why(),
                        new Blocked(time.why(), time.count(), time.ns()),
                        (one, two) -> new Blocked(one.why(), one.count() + two.count(), one.ns() + two.ns()));
            }
        }
        return List.copyOf(blocked.values());
    }

    private Times times(Latency latency) {
        return times(List.of(latency));
    }

    private Times times(List<Latency> latencies) {
        if (!timed) {
            return NO_TIMES;
        }
        Histogram histogram = latencies.get(0).snapshot();
        latencies.subList(1, latencies.size()).forEach(latency -> histogram.add(latency.snapshot()));
        return new Times(
                histogram.getTotalCount(),
                histogram.getMean(),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                histogram.getMaxValue());
    }
}
