package io.ringmain.logs.plan;

import java.util.List;
import java.util.Optional;

/**
 * What came of reading a plan: the plan, or everything that is wrong with it.
 *
 * @param plan the plan; empty if there are problems
 * @param problems what is wrong, in the order of the text
 */
public record Reading(Optional<Plan> plan, List<Diagnostic> problems) {

    /** Checks that nothing is missing. */
    public Reading {
        problems = List.copyOf(problems);
    }
}
