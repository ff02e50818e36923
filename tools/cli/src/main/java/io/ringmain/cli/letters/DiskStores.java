package io.ringmain.cli.letters;

import io.ringmain.journal.ChronicleDeadLetters;
import io.ringmain.journal.Durability;
import io.ringmain.journal.Keeping;
import io.ringmain.journal.WhenOutgrown;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.NamedEvents;
import io.ringmain.logs.plan.LetterSettings;
import io.ringmain.logs.plan.LetterStores;

/** Makes the stores of plans that keep dead letters on disk. Only then are the classes of the queue loaded. */
public final class DiskStores implements LetterStores {

    @Override
    public ChronicleDeadLetters make(LetterSettings.OnDisk settings, Keys keys) {
        return ChronicleDeadLetters.builder(settings.path())
                .durability(Durability.valueOf(settings.durability().name()))
                .keeping(new Keeping(
                        settings.bytesMax(),
                        settings.ageMax(),
                        settings.dropsOldest() ? WhenOutgrown.DROP_OLDEST : WhenOutgrown.FULL))
                .codec(LogEvent.TYPE, new NamedEvents(keys))
                .build();
    }
}
