package io.ringmain.cli.trial;

import io.ringmain.logs.plan.Mark;
import java.util.List;

/**
 * What came of a case.
 *
 * @param name the case
 * @param mark where the case is written
 * @param seconds how long it took
 * @param differences what was not as expected; empty if all is well
 */
public record Verdict(String name, Mark mark, double seconds, List<Difference> differences) {

    /** Makes an immutable copy. */
    public Verdict {
        differences = List.copyOf(differences);
    }

    /** Whether all was as expected. */
    public boolean passed() {
        return differences.isEmpty();
    }

    /**
     * Something that was not as expected.
     *
     * @param mark where the expectation is written
     * @param text what is different, in a sentence
     */
    public record Difference(Mark mark, String text) {}
}
