package io.ringmain.logs.plan;

import java.util.Optional;

/**
 * The ring that a sink has of its own.
 *
 * @param overflow what it does when it is full
 * @param bound how many events wait for the sink at most
 */
public record OwnRing(Overflow overflow, int bound) {

    /** Returns the ring of {@code sink}, a part of a checked plan; empty if it has none of its own. */
    public static Optional<OwnRing> of(Part sink) {
        return sink.kind().role() == Role.SINK
                ? OverflowReader.read(SinkKind.WHEN_FULL, sink.options())
                        .map(chosen -> new OwnRing(
                                chosen.overflow(), (int) sink.options().number(SinkKind.BOUND)))
                : Optional.empty();
    }
}
