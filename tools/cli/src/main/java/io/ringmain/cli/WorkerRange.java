package io.ringmain.cli;

import io.ringmain.config.Pooling;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From how many workers to how many, as {@code --workers} says it.
 *
 * @param min the least, at least 1
 * @param max the most, at least as many, and at most {@link Pooling#WORKERS_MAX}
 */
record WorkerRange(int min, int max) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,3})(?:\\.\\.(\\d{1,3}))?");

    /** Returns what {@code text} says: {@code 4}, {@code 2..8}, or {@code auto}, which is {@code auto}; empty if it is none of these. */
    static Optional<WorkerRange> of(String text, WorkerRange auto) {
        if (text.equals("auto")) {
            return Optional.of(auto);
        }
        Matcher match = FORM.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        int min = Integer.parseInt(match.group(1));
        int max = match.group(2) == null ? min : Integer.parseInt(match.group(2));
        return min < 1 || max < min || max > Pooling.WORKERS_MAX
                ? Optional.empty()
                : Optional.of(new WorkerRange(min, max));
    }
}
