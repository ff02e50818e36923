package io.ringmain.logs.plan;

import io.ringmain.logs.Keys;
import io.ringmain.spi.DeadLetters;

/** Makes stores for dead letters on disk; whoever runs plans gives one. */
@FunctionalInterface
public interface LetterStores {

    /** Makes none: for who keeps letters in memory only. */
    LetterStores NONE = (settings, keys) -> {
        throw new IllegalArgumentException("dead_letters.path: " + settings.path()
                + " (expected: none); whoever runs this plan keeps dead letters in memory only");
    };

    /**
     * Makes the store of one pipeline, which opens and closes it. No file is touched yet.
     *
     * @param keys the names of the fields of its events
     */
    DeadLetters make(LetterSettings.OnDisk settings, Keys keys);
}
