package io.ringmain.logs.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * One of the ways on which events part behind the last step; an event takes the first whose condition holds.
 *
 * @param when the condition; empty for what no other route takes
 * @param to the names of the sinks that it leads to
 * @param options what the plan says about it
 */
public record Route(Optional<String> when, List<String> to, Options options) {

    /** Which events take it. */
    static final OptionSpec WHEN = OptionSpec.of(
            "when",
            OptionType.CONDITION,
            "level >= ERROR",
            "The events that take this route, unless one before it did.");

    /** Where they go to. */
    static final OptionSpec TO =
            OptionSpec.of("to", OptionType.SINKS, "errors", "The sinks that they are given to, by name.");

    /** Where the rest goes to. */
    static final OptionSpec ELSE =
            OptionSpec.of("else", OptionType.SINKS, "rest", "The sinks of what no other route takes; the last route.");

    /** The options of a route. */
    static final List<OptionSpec> SPECS = List.of(WHEN, TO, ELSE);

    /** Checks that nothing is missing. */
    public Route {
        requireNonNull(when, "when");
        to = List.copyOf(to);
        requireNonNull(options, "options");
    }
}
