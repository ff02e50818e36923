package io.ringmain.logs.plan;

import static java.util.Objects.requireNonNull;

/**
 * A place in a text that somebody wrote: a plan's file, or an override.
 *
 * @param file the file as it was named, or {@code --set}
 * @param line the line, from 1
 * @param column the first character, from 1; a tab is one
 * @param length how many characters, at least 1, all in this line
 * @param text the line, without its end
 */
public record Mark(String file, int line, int column, int length, String text) {

    /** Checks the numbers. */
    public Mark {
        requireNonNull(file, "file");
        requireNonNull(text, "text");
        if (line < 1 || column < 1 || length < 1) {
            throw new IllegalArgumentException(
                    "mark: " + line + ':' + column + '+' + length + " (expected: from 1 each)");
        }
    }

    /** Returns {@code file:line:column}, as editors understand it. */
    public String place() {
        return file + ':' + line + ':' + column;
    }
}
