package io.ringmain.logs.plan;

import static java.util.Objects.requireNonNull;

import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import java.time.Duration;

/**
 * What a plan says about the pipeline as a whole.
 *
 * @param whenFull what happens to events that find the ring full
 * @param whenFailed what happens to events that fail, but at sinks that have a policy of their own
 * @param lettersMax how many dead letters are kept in memory, at least 1; the next one stops the pipeline
 * @param lettersBytesMax how many bytes they hold in all, at least 1, about; as lettersMax
 * @param drainWithin how long closing may take
 */
public record Settings(
        WhenFull whenFull, WhenFailed whenFailed, int lettersMax, long lettersBytesMax, Duration drainWithin) {

    /** Checks that nothing is missing. */
    public Settings {
        requireNonNull(whenFull, "whenFull");
        requireNonNull(whenFailed, "whenFailed");
        requireNonNull(drainWithin, "drainWithin");
        if (lettersMax < 1) {
            throw new IllegalArgumentException("dead_letters.capacity: " + lettersMax + " (expected: >= 1)");
        }
        if (lettersBytesMax < 1) {
            throw new IllegalArgumentException("dead_letters.bytes: " + lettersBytesMax + " (expected: >= 1)");
        }
    }
}
