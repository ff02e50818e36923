package io.ringmain.cli;

import io.ringmain.config.Durability;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.logs.plan.LetterSettings;

/** What there is to say about where dead letters are kept. */
record LetterText(String bounds, String guarantee) {

    static LetterText of(LetterSettings settings) {
        return settings instanceof LetterSettings.OnDisk disk
                ? onDisk(disk)
                : inMemory((LetterSettings.InMemory) settings);
    }

    private static LetterText inMemory(LetterSettings.InMemory settings) {
        return new LetterText(
                "at most " + Numbers.count(settings.countMax()) + " of " + Numbers.bytes(settings.bytesMax()),
                "kept in memory, shown at the end; kill -9 loses them, their lines are still in the input");
    }

    private static LetterText onDisk(LetterSettings.OnDisk settings) {
        String bounds = "in " + Screen.plain(settings.path().toString()) + ", at most "
                + Numbers.bytes(settings.bytesMax())
                + settings.ageMax().map(age -> ", for " + Numbers.seconds(age)).orElse("");
        String survives = settings.durability() == Durability.FSYNC
                ? "kept on disk: kill -9 and a power cut lose none whose event is acknowledged"
                : "kept on disk: kill -9 loses none whose event is acknowledged, a power cut may";
        String full = settings.dropsOldest()
                ? "the oldest are given up"
                : settings.whenFull() == WhenLettersFull.STOP ? "the pipeline stops" : "the pipeline is held back";
        return new LetterText(bounds, survives + "; when there is no room " + full);
    }
}
