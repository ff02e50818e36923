package io.ringmain.logs.expression;

import static java.util.Objects.requireNonNull;

/**
 * One mistake in the text of an expression.
 *
 * @param offset where it begins, in characters from 0; the text's length if something is missing at its end
 * @param length how many characters to underline, at least 1
 * @param message what is wrong, without the place
 * @param hint what to do, or empty
 */
public record Problem(int offset, int length, String message, String hint) {

    /** Checks that nothing is missing. */
    public Problem {
        requireNonNull(message, "message");
        requireNonNull(hint, "hint");
        if (offset < 0 || length < 1) {
            throw new IllegalArgumentException(
                    "place: " + offset + ", " + length + " characters (expected: >= 0, >= 1 characters)");
        }
    }

    /** Returns message and hint in one line. */
    @Override
    public String toString() {
        return hint.isEmpty() ? message : message + "; " + hint;
    }
}
