package io.ringmain.cli.letters;

import io.ringmain.journal.ChronicleDeadLetters;
import io.ringmain.journal.ChronicleJournal;
import io.ringmain.journal.Keeping;
import io.ringmain.journal.WhenOutgrown;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.NamedEvents;
import io.ringmain.logs.plan.JournalSettings;
import io.ringmain.logs.plan.LetterSettings;
import io.ringmain.logs.plan.Stores;

/** Makes what plans keep on disk. Only then are the classes of the queue loaded. */
public final class DiskStores implements Stores {

    private final String digest;

    /** Makes stores for a plan with that digest, see {@link PlanDigest}. */
    public DiskStores(String digest) {
        this.digest = digest;
    }

    @Override
    public ChronicleJournal journal(JournalSettings settings) {
        ChronicleJournal.Builder journal = ChronicleJournal.builder(settings.path())
                .durability(settings.durability())
                .plan(digest);
        if (settings.bytesMax().isPresent() || settings.ageMax().isPresent()) {
            journal.keeping(new Keeping(
                    settings.bytesMax().orElse(Long.MAX_VALUE), settings.ageMax(), WhenOutgrown.DROP_OLDEST));
        }
        return journal.build();
    }

    @Override
    public ChronicleDeadLetters letters(LetterSettings.OnDisk settings, Keys keys) {
        return ChronicleDeadLetters.builder(settings.path())
                .durability(settings.durability())
                .keeping(new Keeping(
                        settings.bytesMax(),
                        settings.ageMax(),
                        settings.dropsOldest() ? WhenOutgrown.DROP_OLDEST : WhenOutgrown.FULL))
                .codec(LogEvent.TYPE, new NamedEvents(keys))
                .build();
    }
}
