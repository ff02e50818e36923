package io.ringmain.journal;

import io.ringmain.journal.internal.queue.CycleCursor;
import io.ringmain.journal.internal.queue.CycleFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds letters by their number. Numbers that are asked for in order are found in one pass over their files.
 *
 * <p>Thread: one at a time.
 */
final class LetterFinder implements Closeable {

    private final Path directory;
    private @Nullable CycleCursor cursor;

    LetterFinder(Path directory) {
        this.directory = directory;
    }

    /** The letter {@code id}; empty if there is none, or it is damaged. */
    Optional<Letter> find(long id) throws IOException {
        CycleCursor in = cursorBefore(id);
        if (in == null) {
            return Optional.empty();
        }
        boolean isThere = in.nextWhole();
        while (isThere && in.id() < id) {
            isThere = in.nextWhole();
        }
        return isThere && in.id() == id ? Letter.at(in) : Optional.empty();
    }

    private @Nullable CycleCursor cursorBefore(long id) throws IOException {
        int cycle = CycleFile.cycleOf(id);
        CycleCursor open = cursor;
        if (open != null && open.file().cycle() == cycle && open.nextSequence() <= (id & 0xFFFF_FFFFL)) {
            return open;
        }
        close();
        for (CycleFile file : CycleFile.list(directory)) {
            if (file.cycle() == cycle) {
                try {
                    cursor = new CycleCursor(file);
                } catch (NoSuchFileException deleted) {
                    return null;
                }
            }
        }
        return cursor;
    }

    @Override
    public void close() throws IOException {
        if (cursor != null) {
            cursor.close();
            cursor = null;
        }
    }
}
