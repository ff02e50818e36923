package io.ringmain.journal;

import static java.util.Objects.requireNonNull;

import io.ringmain.config.Durability;
import io.ringmain.journal.internal.queue.CycleCursor;
import io.ringmain.journal.internal.queue.CycleFile;
import io.ringmain.journal.internal.queue.QueueFiles;
import io.ringmain.spi.ByteOutput;
import io.ringmain.spi.FailureKind;
import io.ringmain.spi.Journal;
import io.ringmain.spi.JournalFoot;
import io.ringmain.spi.JournalHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
    private static final Keeping ALL = new Keeping(Long.MAX_VALUE, Optional.empty(), WhenOutgrown.FULL);
    private static final int NONE = -1;

    private final Path directory;
    private final Durability durability;
    private final Keeping keeping;
    private final String plan;
    private final List<String> names;
    private final LongSupplier epochNs;
    private final boolean apart;
    private @Nullable QueueFiles files;
    private @Nullable KeptFiles kept;
    private int firstCycle;
    private int lastCycle;
    private boolean refused;
    private volatile boolean dropWanted;

    private ChronicleJournal(Builder builder) {
        directory = builder.directory;
        durability = builder.durability;
        keeping = builder.keeping;
        plan = builder.plan;
        names = builder.names;
        epochNs = builder.epochNs;
        apart = builder.apart;
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
        private Keeping keeping = ALL;
        private String plan = "";
        private List<String> names = List.of();
        // tidy: when a run began is shown to people and takes no part in any result.
        private LongSupplier epochNs = () -> System.currentTimeMillis() * 1_000_000;
        private boolean apart;

        private Builder(Path directory) {
            this.directory = directory;
        }

        /** Sets what slots survive behind a barrier; {@link Durability#OS} unless said otherwise. */
        public Builder durability(Durability what) {
            durability = requireNonNull(what, "durability");
            return this;
        }

        /**
         * Sets how much is kept, all unless said otherwise. Whole runs that are over are dropped, oldest first; with {@link WhenOutgrown#FULL} none are. Nothing of the run that goes on is
         * ever dropped: one that takes all the bytes alone stops its pipeline.
         *
         * <p>With a bound all that is there is read through when the journal is opened.
         */
        public Builder keeping(Keeping howMuch) {
            keeping = requireNonNull(howMuch, "keeping");
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

        /** Sets the clock that says when a run began and how old others are, in epoch nanoseconds. Called on the thread that starts the pipeline, and on the journal's lane. */
        public Builder clock(LongSupplier clock) {
            epochNs = requireNonNull(clock, "clock");
            return this;
        }

        /** Gives each run files of its own, so that {@link ChronicleJournal#dropRunsBefore} can drop the others. */
        public Builder runsApart() {
            apart = true;
            return this;
        }

        /** Returns the journal, which is not open yet. */
        public ChronicleJournal build() {
            return new ChronicleJournal(this);
        }
    }

    @Override
    public void open(JournalHead head) throws IOException {
        var opened = new QueueFiles(directory, keeping.fileBytesMax(), durability == Durability.FSYNC);
        opened.open();
        try {
            KeptFiles account = KeptFiles.ofRuns(opened, keeping);
            ByteOutput bytes = RunFormat.write(new RunFormat.Head(head, epochNs.getAsLong(), plan, names));
            boolean dropsOldest = keeping.whenOutgrown() == WhenOutgrown.DROP_OLDEST;
            if (dropsOldest) {
                see(opened, account);
            }
            if (dropsOldest || apart) {
                // A run with files of its own can be dropped without another.
                opened.roll();
            }
            firstCycle = CycleFile.cycleOf(opened.nextId(bytes.size()));
            lastCycle = firstCycle;
            if (dropsOldest) {
                account.protectFrom(firstCycle);
                account.makeRoom(bytes.size(), epochNs.getAsLong());
            }
            opened.append(RunFormat.HEAD, bytes.array(), 0, bytes.size());
            kept = account;
        } catch (Throwable failure) {
            opened.close();
            throw failure;
        }
        files = opened;
        refused = false;
        dropWanted = false;
    }

    /** Sees where runs begin, and when the last file of each was written last. */
    private static void see(QueueFiles opened, KeptFiles account) throws IOException {
        int began = NONE;
        long lastNs = 0;
        for (CycleFile file : opened.files()) {
            long writtenNs = Files.getLastModifiedTime(file.path()).to(TimeUnit.NANOSECONDS);
            try (var cursor = new CycleCursor(file)) {
                while (cursor.nextWhole()) {
                    if (cursor.kind() == RunFormat.HEAD) {
                        add(account, began, lastNs);
                        began = file.cycle();
                    }
                    lastNs = writtenNs;
                }
            }
        }
        add(account, began, lastNs);
    }

    private static void add(KeptFiles account, int began, long lastNs) {
        if (began != NONE) {
            account.add(began, lastNs);
        }
    }

    private QueueFiles files() {
        return requireNonNull(files, "not open");
    }

    /**
     * Asks for the runs before the one that goes on to be dropped, whole, oldest file first: whoever asks has what they did elsewhere. That happens with the next block, or when the
     * run ends; what of them lies in the file in which this one begins stays, see {@link Builder#runsApart}. Does nothing between runs. Any thread.
     */
    public void dropRunsBefore() {
        dropWanted = true;
    }

    private void dropWhatIsWanted(QueueFiles open) throws IOException {
        if (!dropWanted) {
            return;
        }
        KeptFiles account = requireNonNull(kept, "not open");
        for (CycleFile file : open.files()) {
            if (file.cycle() < firstCycle) {
                account.delete(file);
            }
        }
        dropWanted = false;
    }

    @Override
    public boolean append(byte[] block, int length) throws IOException {
        dropWhatIsWanted(files());
        makeRoom(length);
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

    private void makeRoom(int length) throws IOException {
        KeptFiles account = requireNonNull(kept, "not open");
        int cycle = CycleFile.cycleOf(files().nextId(length));
        if (cycle != lastCycle || !account.hasRoomFor(length)) {
            lastCycle = cycle;
            account.makeRoom(length, epochNs.getAsLong());
        }
        if (!account.hasRoomFor(length)) {
            throw new IOException(
                    "journal: " + directory + ": there is no room within " + keeping.bytesMax()
                            + " bytes, and no part of the run that goes on is dropped (expected: a run that takes less); allow it more, or end it and run again: what is over can be dropped");
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
            // First: it makes room for what follows.
            dropWhatIsWanted(open);
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
