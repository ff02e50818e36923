package io.ringmain.logs;

import static java.util.Objects.requireNonNull;

/**
 * A value of a row that is JSON already, such as what {@code counts(status)} gives.
 *
 * @param text the JSON
 */
public record RawJson(String text) {

    /** Checks that nothing is missing. */
    public RawJson {
        requireNonNull(text, "text");
    }

    @Override
    public String toString() {
        return text;
    }
}
