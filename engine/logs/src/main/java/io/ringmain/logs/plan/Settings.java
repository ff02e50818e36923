package io.ringmain.logs.plan;

import static java.util.Objects.requireNonNull;

import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import java.time.Duration;
import java.util.Optional;

/**
 * What a plan says about the pipeline as a whole.
 *
 * @param whenFull what happens to events that find the ring full
 * @param whenFailed what happens to events that fail, but at sinks that have a policy of their own
 * @param letters where dead letters are kept
 * @param journal where its input is kept; empty for nowhere
 * @param drainWithin how long closing may take
 */
public record Settings(
        WhenFull whenFull,
        WhenFailed whenFailed,
        LetterSettings letters,
        Optional<JournalSettings> journal,
        Duration drainWithin) {

    /** Checks that nothing is missing. */
    public Settings {
        requireNonNull(whenFull, "whenFull");
        requireNonNull(whenFailed, "whenFailed");
        requireNonNull(letters, "letters");
        requireNonNull(journal, "journal");
        requireNonNull(drainWithin, "drainWithin");
    }
}
