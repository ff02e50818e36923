package io.ringmain.cli.stat;

import java.util.List;
import java.util.Map;

/**
 * What a run's file said at one moment.
 *
 * @param pid the process
 * @param pipeline the pipeline's name
 * @param ended whether the run has ended in order
 * @param startedMs when it started, in milliseconds since 1970
 * @param heartbeatMs when it wrote last, in milliseconds since 1970
 * @param whole whether all counts are of one moment; false if the run stopped in the middle of an update
 * @param counters the counters of the run as a whole by name, in their order
 * @param parts sources, stages and sinks, in their order
 * @param errors the distinct errors, in the order of their first time
 */
public record RunSnapshot(
        long pid,
        String pipeline,
        boolean ended,
        long startedMs,
        long heartbeatMs,
        boolean whole,
        Map<String, Long> counters,
        List<Part> parts,
        List<DistinctError> errors) {

    /**
     * A source, stage or sink.
     *
     * @param kind what it is
     * @param name its name
     * @param counters its counters by name, in their order; {@code blocked_ns.WHY} is one of several of a group
     */
    public record Part(PartKind kind, String name, Map<String, Long> counters) {

        /** The counter {@code name}; 0 if there is none. */
        public long counter(String name) {
            return counters.getOrDefault(name, 0L);
        }
    }

    /**
     * An error that happened once or many times.
     *
     * @param text where and what
     * @param count how often
     * @param firstMs when it was seen first, in milliseconds since 1970
     * @param lastMs when it was seen last, in milliseconds since 1970
     */
    public record DistinctError(String text, long count, long firstMs, long lastMs) {}

    /** The counter {@code name} of the run; 0 if there is none. */
    public long counter(String name) {
        return counters.getOrDefault(name, 0L);
    }

    /** The parts of one kind. */
    public List<Part> parts(PartKind kind) {
        return parts.stream().filter(part -> part.kind == kind).toList();
    }

    /** Whether each event received is accounted for. */
    public boolean balanced() {
        return counter("received")
                == counter("delivered")
                        + counter("absorbed")
                        + counter("filtered")
                        + counter("dropped")
                        + counter("dead_lettered")
                        + counter("parked")
                        + counter("in_flight");
    }
}
