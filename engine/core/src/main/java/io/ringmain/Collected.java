package io.ringmain;

import static java.util.Objects.requireNonNull;

import io.ringmain.spi.DeadLetter;
import java.util.List;

/**
 * What became of a collection of items: results and failures side by side.
 *
 * @param results what came out at the end, in order; an item may have given none
 * @param failures what failed, in no particular order; {@link DeadLetter#position} is the index of the item if it failed before
 *     the first {@code into}
 * @param report the accounts
 * @param <R> the result
 */
public record Collected<R>(List<R> results, List<DeadLetter> failures, Report report) {

    /** Checks that nothing is missing. */
    public Collected {
        results = List.copyOf(results);
        failures = List.copyOf(failures);
        requireNonNull(report, "report");
    }
}
