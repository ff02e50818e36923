package io.ringmain.logs.plan;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a plan.
 *
 * @param mark where it is written; null if it was not written in a text, as in a plan made in Java
 * @param path which setting: {@code steps[1].filter}, {@code sources.web.path}
 * @param message what is wrong, and what was expected
 * @param hint what to do, empty if there is nothing to add
 */
public record Diagnostic(@Nullable Mark mark, String path, String message, String hint) {

    /** Checks that nothing is missing. */
    public Diagnostic {
        requireNonNull(path, "path");
        requireNonNull(message, "message");
        requireNonNull(hint, "hint");
    }

    /** Returns path and message in one line. */
    public String summary() {
        return path.isEmpty() ? message : path + ": " + message;
    }
}
