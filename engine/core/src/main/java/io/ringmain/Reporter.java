package io.ringmain;

import io.ringmain.Report.Blocked;
import io.ringmain.Report.Failure;
import io.ringmain.Report.Left;
import io.ringmain.Report.SinkReport;
import io.ringmain.Report.SourceReport;
import io.ringmain.Report.StageReport;
import io.ringmain.Report.Times;
import io.ringmain.internal.assembly.Rooms;
import io.ringmain.internal.assembly.SegmentRooms;
import io.ringmain.internal.counters.BlockedTime;
import io.ringmain.internal.delivery.SettleLane;
import io.ringmain.internal.delivery.SinkLane;
import io.ringmain.internal.intake.DirectIntake;
import io.ringmain.internal.intake.IntakeLane;
import io.ringmain.internal.latency.Latency;
import io.ringmain.internal.ring.RingWriter;
import io.ringmain.internal.stage.EventLane;
import io.ringmain.internal.stage.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Reads what the rooms have counted. */
final class Reporter {

    private final String pipeline;
    private final Rooms<?> rooms;
    private final PipelineState state;

    Reporter(String pipeline, Rooms<?> rooms, PipelineState state) {
        this.pipeline = pipeline;
        this.rooms = rooms;
        this.state = state;
    }

    Report report() {
        List<Accounts> segments = new ArrayList<>();
        List<StageReport> stages = new ArrayList<>();
        List<SinkReport> sinks = new ArrayList<>();
        for (SegmentRooms<?> segment : rooms.segments) {
            segments.add(accounts(segment, state == PipelineState.CLOSED));
            segment.stages.forEach(lane -> addStages(lane, stages));
            segment.sinks.forEach(lane -> sinks.add(sink(lane)));
        }
        List<Failure> failures = new ArrayList<>();
        rooms.failures
                .entries()
                .forEach(entry ->
                        failures.add(new Failure(entry.where(), entry.type(), entry.message(), entry.count())));
        DirectIntake<?> direct = rooms.direct();
        return new Report(
                pipeline,
                state,
                rooms.supervisor.hasFailed(),
                Duration.ofNanos(rooms.supervisor.runNs()),
                segments.get(0),
                direct == null ? 0 : direct.refused(),
                segments,
                stages,
                sources(),
                sinks,
                times(rooms.segments.get(0).settle().latency()),
                state == PipelineState.CLOSED ? left() : List.of(),
                rooms.supervisor.abandoned(),
                failures);
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
        RingWriter<?> writer = segment.writer;
        DirectIntake<?> direct = rooms.direct();
        long dropped = writer != null ? writer.dropped() : direct == null ? 0 : direct.dropped();
        long received = writer != null ? writer.received() : direct == null ? 0 : direct.received();
        Map<String, Long> reasons = new TreeMap<>();
        if (dropped > 0) {
            reasons.put("drop_newest", dropped);
        }
        if (skipped > 0) {
            reasons.put("skipped", skipped);
        }
        long derived = received - delivered - absorbed - filtered - skipped - dead - dropped;
        return new Accounts(
                received,
                delivered,
                absorbed,
                filtered,
                reasons,
                dead,
                0,
                measure ? segment.inFlightMeasured() : derived,
                0);
    }

    private static <E> void addStages(EventLane<E> lane, List<StageReport> stages) {
        List<Blocked> blocked = blocked(lane.blocked());
        // What ended before what was taken: the lane counts in the other order, so no picture shows more out than in.
        List<long[]> ended = new ArrayList<>();
        lane.steps().forEach(step -> ended.add(new long[] {step.filtered(), step.dropped(), step.dead()}));
        long in = lane.taken();
        int index = 0;
        for (Step<E> step : lane.steps()) {
            long[] gone = ended.get(index++);
            long out = in - gone[0] - gone[1] - gone[2];
            stages.add(new StageReport(
                    step.name(),
                    lane.name(),
                    in,
                    out,
                    gone[0],
                    step.failed(),
                    gone[1],
                    gone[2],
                    times(step.waited()),
                    times(step.service()),
                    lane.cursor().depthMax(),
                    blocked));
            in = out;
        }
    }

    private static SinkReport sink(SinkLane<?> lane) {
        return new SinkReport(
                lane.name(),
                lane.offered(),
                lane.delivered(),
                lane.failed(),
                lane.dropped(),
                lane.dead(),
                times(lane.waited()),
                times(lane.service()),
                lane.cursor().depthMax(),
                blocked(lane.blocked()));
    }

    private List<SourceReport> sources() {
        List<SourceReport> sources = new ArrayList<>();
        IntakeLane<?> intake = rooms.intake();
        if (intake != null) {
            List<Blocked> blocked = blocked(intake.blocked());
            rooms.sources.forEach(source -> sources.add(new SourceReport(source.name(), source.received(), blocked)));
        }
        DirectIntake<?> direct = rooms.direct();
        if (direct != null) {
            String name = rooms.push() == null ? "publisher" : rooms.push().name();
            List<Blocked> blocked = direct.blockedCount() == 0
                    ? List.of()
                    : List.of(new Blocked("ring_full", direct.blockedCount(), direct.blockedNs()));
            sources.add(new SourceReport(name, direct.received(), blocked));
        }
        return sources;
    }

    private List<Left> left() {
        List<Left> left = new ArrayList<>();
        for (SegmentRooms<?> segment : rooms.segments) {
            for (SegmentRooms.Station station : segment.stations) {
                long waiting = station.cursor().waiting();
                if (waiting > 0) {
                    left.add(new Left(station.lane().name(), waiting));
                }
            }
        }
        return left;
    }

    private static List<Blocked> blocked(List<BlockedTime> times) {
        List<Blocked> blocked = new ArrayList<>();
        for (BlockedTime time : times) {
            if (time.count() > 0) {
                blocked.add(new Blocked(time.why(), time.count(), time.ns()));
            }
        }
        return blocked;
    }

    private static Times times(Latency latency) {
        Histogram histogram = latency.snapshot();
        return new Times(
                histogram.getTotalCount(),
                histogram.getMean(),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                histogram.getMaxValue());
    }
}
