package io.ringmain.counters.http;

import io.ringmain.config.Checkpointing;
import io.ringmain.counters.DurableCounters;
import io.ringmain.journal.ChronicleJournal;
import io.ringmain.journal.ChronicleJournalReader;
import io.ringmain.journal.JournalRun;
import io.ringmain.spi.FileCheckpointStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Keeps counters in a directory: a journal, and beside it the last checkpoint. */
public final class CounterFiles {

    private CounterFiles() {}

    /** Returns what keeps counters in {@code directory}, with a checkpoint every so often. */
    public static DurableCounters in(Path directory, Duration checkpointEvery) {
        Path journal = directory.resolve("journal");
        return new DurableCounters(
                ChronicleJournal.in(journal),
                visitor -> visit(journal, visitor),
                new Checkpointing(new FileCheckpointStore(directory.resolve("checkpoint")), checkpointEvery));
    }

    /** Gives {@code visitor} each run in the directory {@code journal}, if there is one. */
    static void visit(Path journal, DurableCounters.Visitor visitor) throws IOException {
        if (!Files.isDirectory(journal)) {
            return;
        }
        for (JournalRun run : JournalRun.in(journal)) {
            try (var reader = ChronicleJournalReader.open(journal, run)) {
                visitor.run(reader);
            }
        }
    }
}
