package io.ringmain.logs.plan;

import io.ringmain.logs.Keys;
import io.ringmain.spi.DeadLetters;
import io.ringmain.spi.Journal;

/** Makes what plans keep on disk; whoever runs plans gives one. */
public interface Stores {

    /** Makes none: for who keeps letters in memory only, and no journal. */
    Stores NONE = new Stores() {
        @Override
        public DeadLetters letters(LetterSettings.OnDisk settings, Keys keys) {
            throw new IllegalArgumentException("dead_letters.path: " + settings.path()
                    + " (expected: none); whoever runs this plan keeps dead letters in memory only");
        }

        @Override
        public Journal journal(JournalSettings settings) {
            throw new IllegalArgumentException(
                    "journal.path: " + settings.path() + " (expected: none); whoever runs this plan keeps no journal");
        }
    };

    /**
     * Makes the store of one pipeline, which opens and closes it. No file is touched yet.
     *
     * @param keys the names of the fields of its events
     */
    DeadLetters letters(LetterSettings.OnDisk settings, Keys keys);

    /** Makes the journal of one pipeline, which opens and closes it. No file is touched yet. */
    Journal journal(JournalSettings settings);
}
