package io.ringmain.logs.plan;

import static java.util.Objects.requireNonNull;

/**
 * One source, step or sink of a plan.
 *
 * @param kind what it is
 * @param name its name, unique in the plan
 * @param options what the plan says about it
 */
public record Part(Kind kind, String name, Options options) {

    /** Checks that nothing is missing. */
    public Part {
        requireNonNull(kind, "kind");
        requireNonNull(name, "name");
        requireNonNull(options, "options");
    }
}
