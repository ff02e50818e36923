package io.ringmain.counters.http;

import io.ringmain.spi.Journal;
import io.ringmain.spi.JournalFoot;
import io.ringmain.spi.JournalHead;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A journal of which each block is as safe as it will be before anybody works on it, not only what is before a barrier. What several callers want is one block as soon as the one before
 * takes longer than they do.
 *
 * <p>Thread: as {@link Journal}.
 */
final class ForcedJournal implements Journal {

    private final Journal journal;
    private final Path directory;

    /** Forces {@code journal}, which lies in {@code directory}. */
    ForcedJournal(Journal journal, Path directory) {
        this.journal = journal;
        this.directory = directory;
    }

    @Override
    public void open(JournalHead head) throws Exception {
        journal.open(head);
        // They may be new, and lost with the power like any other name.
        Path parent = directory.toAbsolutePath().getParent();
        forceNames(directory);
        if (parent != null) {
            forceNames(parent);
        }
    }

    private static void forceNames(Path of) throws IOException {
        try (FileChannel names = FileChannel.open(of, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    @Override
    public boolean append(byte[] block, int length) throws Exception {
        if (!journal.append(block, length)) {
            return false;
        }
        journal.flush();
        return true;
    }

    @Override
    public void flush() throws Exception {
        journal.flush();
    }

    @Override
    public void close(JournalFoot foot) throws Exception {
        journal.close(foot);
    }
}
