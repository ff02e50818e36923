package io.ringmain;

import io.ringmain.internal.assembly.SegmentRooms;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline has done so far, or in the end: an immutable picture.
 *
 * <p>While the pipeline runs, each count is exact for some moment of the call, and what is in flight is derived from the others; once
 * it is closed all of them are final and what is in flight has been counted.
 *
 * @param pipeline the pipeline's name
 * @param state the state at the moment of the picture
 * @param failed whether something stopped the pipeline
 * @param ran how long it has run
 * @param accounts the accounts of the pipeline, which are those of its first segment
 * @param refused publications refused because the ring was full; not received
 * @param ringShare how full the fullest ring is, from 0 to 1; about, while the pipeline runs
 * @param segments the accounts per segment, first to last
 * @param stages the stages, in order
 * @param sources the sources, in order
 * @param edges where events enter the segments, first to last
 * @param sinks the sinks, in order
 * @param checkpoint what became of the checkpoints; null if the pipeline keeps none
 * @param subscribers the sinks that joined and have not been closed, in order
 * @param latency from ring to settled, of the first segment's delivered and absorbed events
 * @param left where events are that nobody will finish; empty unless closed with events in flight
 * @param abandoned the lanes whose threads did not return by the deadline
 * @param failures the distinct failures
 */
public record Report(
        String pipeline,
        PipelineState state,
        boolean failed,
        Duration ran,
        Accounts accounts,
        long refused,
        double ringShare,
        List<Accounts> segments,
        List<StageReport> stages,
        List<SourceReport> sources,
        List<EdgeReport> edges,
        List<SinkReport> sinks,
        @Nullable CheckpointReport checkpoint,
        List<SubscriberReport> subscribers,
        Times latency,
        List<Left> left,
        List<String> abandoned,
        List<Failure> failures) {

    /** Makes immutable copies of the lists. */
    public Report {
        segments = List.copyOf(segments);
        stages = List.copyOf(stages);
        sources = List.copyOf(sources);
        edges = List.copyOf(edges);
        sinks = List.copyOf(sinks);
        subscribers = List.copyOf(subscribers);
        left = List.copyOf(left);
        abandoned = List.copyOf(abandoned);
        failures = List.copyOf(failures);
    }

    /** Whether the pipeline has ended with nothing failed and nothing left. */
    public boolean succeeded() {
        return state == PipelineState.CLOSED
                && !failed
                && accounts.inFlight() == 0
                && accounts.parked() == 0
                && left.isEmpty();
    }

    /** Events received per second of running. */
    public double perSecond() {
        return ran.isZero() ? 0 : accounts.received() * 1e9 / ran.toNanos();
    }

    /** The share of the received events that a failure ended, from 0 to 1. */
    public double errorRate() {
        long failing = accounts.deadLettered() + accounts.dropped().getOrDefault("skipped", 0L);
        return accounts.received() == 0 ? 0 : (double) failing / accounts.received();
    }

    /**
     * How long something took, in nanoseconds.
     *
     * @param count how many were timed
     * @param meanNs the mean
     * @param p50Ns the median
     * @param p99Ns the 99th percentile
     * @param p999Ns the 99.9th percentile
     * @param maxNs the longest
     */
    public record Times(long count, double meanNs, long p50Ns, long p99Ns, long p999Ns, long maxNs) {}

    /**
     * The checkpoints.
     *
     * @param continued whether this run went on where an earlier one had stood
     * @param stored how many this run has stored
     * @param failed how many could not be stored; each next one covers more
     * @param bytes how large the last one was; 0 if none was stored, or nothing is kept
     * @param since how long ago the last one was complete; null if none was in this run: about so much a run that is killed now does again
     */
    public record CheckpointReport(
            boolean continued,
            long stored,
            long failed,
            long bytes,
            @Nullable Duration since) {}

    /**
     * Time spent unable to move.
     *
     * @param why a constant code: {@code ring_full}, {@code outlet_full}, {@code room_reserved}, {@code source_held}, {@code retry},
     *     {@code dead_letters}, {@code edge_full}, {@code throttle}, {@code circuit_open}
     * @param count how often
     * @param ns how long in all, in nanoseconds
     */
    public record Blocked(String why, long count, long ns) {}

    /**
     * One stage.
     *
     * @param name its name
     * @param lanes the lanes that run it: one, or those that share the work of a striped stage
     * @param in events that reached it
     * @param out events that it passed on
     * @param filtered events that it filtered out
     * @param failed attempts that failed
     * @param dropped events dropped because it failed
     * @param deadLettered events that became dead letters because it failed
     * @param waited how long sampled events waited for its lanes
     * @param service how long it worked on sampled events
     * @param late events that came too late for a window, and are in none
     * @param depthMax the most slots that one of its lanes ever had before it
     * @param blocked what held its lanes back
     */
    public record StageReport(
            String name,
            List<String> lanes,
            long in,
            long out,
            long filtered,
            long failed,
            long dropped,
            long deadLettered,
            long late,
            Times waited,
            Times service,
            long depthMax,
            List<Blocked> blocked) {

        /** Makes immutable copies of the lists. */
        public StageReport {
            lanes = List.copyOf(lanes);
            blocked = List.copyOf(blocked);
        }
    }

    /**
     * One source.
     *
     * @param name its name
     * @param received events that came from it
     * @param refused events that it published and that were refused because the ring was full; not received
     * @param dropped of those received, how many were dropped by reason because the ring was full, if it has a policy of its own or is the
     *     only publisher; what the pipeline's policy drops of several sources stands in the pipeline's accounts
     * @param blocked what held it back
     */
    public record SourceReport(
            String name, long received, long refused, Map<String, Long> dropped, List<Blocked> blocked) {

        /** Makes immutable copies. */
        public SourceReport {
            dropped = Map.copyOf(dropped);
            blocked = List.copyOf(blocked);
        }
    }

    /**
     * Where events enter a segment, and where its {@link io.ringmain.config.WhenFull} decides.
     *
     * @param name {@code intake} for the first segment, else the stage whose results enter, or the sink with {@link #OF_SINK} behind it if it is the
     *     ring of a sink
     * @param received events that came
     * @param processed events that the segment is done with
     * @param dropped events that the policy dropped, by reason: {@code dropped_newest}, {@code dropped_oldest}, {@code sampled}, {@code shed},
     *     {@code spill_full}, {@code spill_failed}
     * @param waiting events that wait before the ring; about, while the pipeline runs
     * @param spilledBytes bytes in the file that those take which wait there; about, while the pipeline runs
     * @param blocked what held back whoever brings the events
     */
    public record EdgeReport(
            String name,
            long received,
            long processed,
            Map<String, Long> dropped,
            long waiting,
            long spilledBytes,
            List<Blocked> blocked) {

        /** What the edge before the ring that a sink has of its own is called by, behind the sink's name. */
        public static final String OF_SINK = SegmentRooms.OF_SINK;

        /** Makes immutable copies. */
        public EdgeReport {
            dropped = Map.copyOf(dropped);
            blocked = List.copyOf(blocked);
        }

        /** The share of the received events that the policy dropped, from 0 to 1. */
        public double dropRate() {
            long inAll = dropped.values().stream().mapToLong(Long::longValue).sum();
            return received == 0 ? 0 : (double) inAll / received;
        }
    }

    /**
     * One sink.
     *
     * @param name its name
     * @param offered events it was given
     * @param delivered events it took
     * @param notWanted events it chose not to take
     * @param failed attempts that failed
     * @param dropped events dropped because it failed
     * @param deadLettered events that became dead letters because it failed
     * @param waited how long sampled events waited for its lane
     * @param service how long its writes took
     * @param depthMax the most slots that it ever had before it
     * @param blocked what held it back
     * @param circuit how its circuit stands; null if it has no breaker
     * @param inFlightLimit how many batches may be under way; null if the sink takes one after the other
     */
    public record SinkReport(
            String name,
            long offered,
            long delivered,
            long notWanted,
            long failed,
            long dropped,
            long deadLettered,
            Times waited,
            Times service,
            long depthMax,
            List<Blocked> blocked,
            @Nullable CircuitReport circuit,
            @Nullable LimitReport inFlightLimit) {

        /** Events given and neither taken, refused nor given up. */
        public long inFlight() {
            return offered - delivered - notWanted - dropped - deadLettered;
        }
    }

    /**
     * The circuit of a sink with a {@link io.ringmain.config.Breaker}.
     *
     * @param state {@code closed} while the sink is called, {@code open} while it is left alone, {@code half_open} while it is probed
     * @param opened how often the circuit has opened, probes that failed not counted
     * @param lasted how long it has been in this state
     */
    public record CircuitReport(String state, long opened, Duration lasted) {}

    /**
     * The limit of an {@link io.ringmain.spi.AsyncSink}, see {@link io.ringmain.config.InFlight}.
     *
     * @param now how many batches may be under way now
     * @param underWayMax the most that ever were
     */
    public record LimitReport(int now, int underWayMax) {}

    /**
     * One sink that joined while the pipeline ran.
     *
     * @param name its name
     * @param offered events that came to it
     * @param delivered events it took
     * @param notWanted events it chose not to take
     * @param lagged events lost for it because it was too slow
     * @param failed attempts that failed
     * @param blocked what held it back
     */
    public record SubscriberReport(
            String name,
            long offered,
            long delivered,
            long notWanted,
            long lagged,
            long failed,
            List<Blocked> blocked) {

        /** Events that came to it and were neither given to it nor lost. */
        public long inFlight() {
            return offered - delivered - notWanted - lagged;
        }
    }

    /**
     * Events that nobody will finish. Lanes beside one another may each name the same event, so the sum can be more than what is in
     * flight.
     *
     * @param lane the lane that they are in or wait for
     * @param count how many
     */
    public record Left(String lane, long count) {}

    /**
     * One distinct failure.
     *
     * @param where the stage, sink or source
     * @param type the reason code if the exception has one, else its class
     * @param message what it said the first time
     * @param count how often it happened
     * @param first which event it was the first time; null if it was about none in particular
     */
    public record Failure(
            String where,
            String type,
            String message,
            long count,
            @Nullable Origin first) {

        /** Makes a failure that is about no event in particular. */
        public Failure(String where, String type, String message, long count) {
            this(where, type, message, count, null);
        }
    }

    /**
     * Where an event came from.
     *
     * @param source the name of the source; that of the emitter for a result
     * @param position what the source gave as its position
     */
    public record Origin(String source, long position) {}
}
