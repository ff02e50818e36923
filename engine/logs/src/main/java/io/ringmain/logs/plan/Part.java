package io.ringmain.logs.plan;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One source, step or sink of a plan.
 *
 * @param kind what it is
 * @param name its name, unique in the plan
 * @param options what the plan says about it
 * @param spread how a step's work is spread over lanes, if the plan says it
 */
public record Part(Kind kind, String name, Options options, Optional<Spread> spread) {

    /** Checks that nothing is missing. */
    public Part {
        requireNonNull(kind, "kind");
        requireNonNull(name, "name");
        requireNonNull(options, "options");
        requireNonNull(spread, "spread");
    }

    /** A part whose work is not spread. */
    Part(Kind kind, String name, Options options) {
        this(kind, name, options, Optional.empty());
    }
}
