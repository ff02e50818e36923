package io.ringmain.logs.plan;

import static java.util.Objects.requireNonNull;

/**
 * A field that a plan asks for and no line had: right where lines bring their own names, and often a slip.
 *
 * @param name the field
 * @param lines how many lines there were, at least 1
 * @param hint what may have been meant, empty if there is no such guess
 */
public record AbsentField(String name, long lines, String hint) {

    /** Checks that nothing is missing. */
    public AbsentField {
        requireNonNull(name, "name");
        requireNonNull(hint, "hint");
    }
}
