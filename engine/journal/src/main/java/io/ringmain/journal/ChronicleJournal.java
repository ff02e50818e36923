package io.ringmain.journal;

import static java.util.Objects.requireNonNull;

import io.ringmain.config.Durability;
import io.ringmain.journal.internal.queue.QueueFiles;
import io.ringmain.spi.ByteOutput;
import io.ringmain.spi.FailureKind;
import io.ringmain.spi.Journal;
import io.ringmain.spi.JournalFoot;
import io.ringmain.spi.JournalHead;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A journal in the files of a queue: each block is one excerpt. A run begins with a head and ends with a foot; several runs may follow one another. A disk that is
 * full holds the pipeline back until there is room; whatever else keeps it from being written stops the pipeline.
 *
 * <p>What was appended survives the end of the process; at barriers and at the end it is as safe as the {@link Durability} says.
 *
 * <p>Thread: as {@link Journal}. One process at a time writes to a directory; any may read it, see {@link JournalRun}.
 */
public final class ChronicleJournal implements Journal {

    private static final System.Logger LOGGER = System.getLogger("io.ringmain");
    private static final long FILE_BYTES_MAX = 64 << 20;

    private final Path directory;
    private final Durability durability;
    private final String plan;
    private final List<String> names;
    private final LongSupplier epochNs;
    private @Nullable QueueFiles files;
    private boolean refused;

    private ChronicleJournal(Builder builder) {
        directory = builder.directory;
        durability = builder.durability;
        plan = builder.plan;
        names = builder.names;
        epochNs = builder.epochNs;
    }

    /** Returns a journal in {@code directory} with all defaults. */
    public static ChronicleJournal in(Path directory) {
        return builder(directory).build();
    }

    /** Begins a journal in {@code directory}, which is made when the journal is opened. */
    public static Builder builder(Path directory) {
        return new Builder(requireNonNull(directory, "directory"));
    }

    /** What a journal is made of. Thread: one. */
    public static final class Builder {

        private final Path directory;
        private Durability durability = Durability.OS;
        private String plan = "";
        private List<String> names = List.of();
        // tidy: when a run began is shown to people and takes no part in any result.
        private LongSupplier epochNs = () -> System.currentTimeMillis() * 1_000_000;

        private Builder(Path directory) {
            this.directory = directory;
        }

        /** Sets what slots survive behind a barrier; {@link Durability#OS} unless said otherwise. */
        public Builder durability(Durability what) {
            durability = requireNonNull(what, "durability");
            return this;
        }

        /** Sets a digest of what the pipeline was made of, so that a replay can tell whether it is made of the same; empty unless said otherwise. */
        public Builder plan(String digest) {
            plan = requireNonNull(digest, "digest");
            return this;
        }

        /** Sets names that the events have as numbers only, by number; none unless said otherwise. */
        public Builder names(List<String> byNumber) {
            names = List.copyOf(byNumber);
            return this;
        }

        /** Sets the clock that says when a run began, in epoch nanoseconds. Called on the thread that starts the pipeline. */
        public Builder clock(LongSupplier clock) {
            epochNs = requireNonNull(clock, "clock");
            return this;
        }

        /** Returns the journal, which is not open yet. */
        public ChronicleJournal build() {
            return new ChronicleJournal(this);
        }
    }

    @Override
    public void open(JournalHead head) throws IOException {
        var opened = new QueueFiles(directory, FILE_BYTES_MAX, durability == Durability.FSYNC);
        opened.open();
        try {
            ByteOutput bytes = RunFormat.write(new RunFormat.Head(head, epochNs.getAsLong(), plan, names));
            opened.append(RunFormat.HEAD, bytes.array(), 0, bytes.size());
        } catch (Throwable failure) {
            opened.close();
            throw failure;
        }
        files = opened;
        refused = false;
    }

    private QueueFiles files() {
        return requireNonNull(files, "not open");
    }

    @Override
    public boolean append(byte[] block, int length) throws IOException {
        try {
            files().append(RunFormat.BLOCK, block, 0, length);
            refused = false;
            return true;
        } catch (IOException failure) {
            if (FailureKind.of(failure) != FailureKind.NO_ROOM) {
                throw new IOException(
                        "journal: " + failure.getMessage()
                                + " (expected: a directory that can be written and is left alone); what it has can be replayed",
                        failure);
            }
            if (!refused) {
                // Whoever is held back says so; this is why.
                LOGGER.log(
                        System.Logger.Level.WARNING,
                        "The disk of the journal is full; it is tried again until there is room. directory="
                                + directory,
                        failure);
            }
            refused = true;
            return false;
        }
    }

    @Override
    public void flush() throws IOException {
        QueueFiles open = files();
        open.sync();
        open.requireThere();
    }

    @Override
    public void close(JournalFoot foot) throws IOException {
        QueueFiles open = files();
        files = null;
        try (open) {
            ByteOutput bytes = RunFormat.write(foot);
            open.append(RunFormat.FOOT, bytes.array(), 0, bytes.size());
            open.requireThere();
        }
    }

    @Override
    public String toString() {
        return "ChronicleJournal{directory=" + directory + '}';
    }
}
