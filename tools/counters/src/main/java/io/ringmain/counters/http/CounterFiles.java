package io.ringmain.counters.http;

import io.ringmain.config.Checkpointing;
import io.ringmain.config.Durability;
import io.ringmain.counters.DurableCounters;
import io.ringmain.journal.ChronicleJournal;
import io.ringmain.journal.ChronicleJournalReader;
import io.ringmain.journal.JournalRun;
import io.ringmain.spi.FileCheckpointStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Keeps counters in a directory: the last checkpoint, and beside it a journal of what is not in it yet; what it covers is dropped. */
public final class CounterFiles {

    private CounterFiles() {}

    /** Returns what keeps counters in {@code directory} so that they survive the death of the process, with a checkpoint every so often. */
    public static DurableCounters in(Path directory, Duration checkpointEvery) {
        return in(directory, Durability.OS, checkpointEvery);
    }

    /** Returns what keeps counters in {@code directory} so that whatever was answered survives what {@code durability} says, with a checkpoint every so often. */
    public static DurableCounters in(Path directory, Durability durability, Duration checkpointEvery) {
        Path path = directory.resolve("journal");
        ChronicleJournal journal = ChronicleJournal.builder(path)
                .durability(durability)
                .runsApart()
                .build();
        return new DurableCounters(
                durability == Durability.FSYNC ? new ForcedJournal(journal, directory) : journal,
                new Runs(path, journal),
                new Checkpointing(new FileCheckpointStore(directory.resolve("checkpoint")), checkpointEvery));
    }

    /** The runs of {@code journal}, which is in the directory {@code path}. */
    private record Runs(Path path, ChronicleJournal journal) implements DurableCounters.Past {

        @Override
        public void each(DurableCounters.Visitor visitor) throws IOException {
            if (!Files.isDirectory(path)) {
                return;
            }
            for (JournalRun run : JournalRun.in(path)) {
                try (var reader = ChronicleJournalReader.open(path, run)) {
                    visitor.run(new CutOffRun(reader, run));
                }
            }
        }

        @Override
        public void forget() {
            journal.dropRunsBefore();
        }
    }
}
