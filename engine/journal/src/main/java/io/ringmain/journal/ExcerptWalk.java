package io.ringmain.journal;

import io.ringmain.journal.internal.queue.CycleCursor;
import io.ringmain.journal.internal.queue.CycleCursor.Found;
import io.ringmain.journal.internal.queue.CycleFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the whole excerpts of a directory, file after file, and notes what is damaged between them.
 *
 * <p>Thread: one.
 */
final class ExcerptWalk implements Closeable {

    private final Iterator<CycleFile> files;
    private final List<String> damage = new ArrayList<>();
    private @Nullable CycleCursor cursor;

    /** Begins at the file with the number {@code cycle}, or the first behind it. */
    ExcerptWalk(Path directory, int cycle) throws IOException {
        files = CycleFile.list(directory).stream()
                .filter(file -> file.cycle() >= cycle)
                .iterator();
    }

    /** Goes to the next excerpt; null at the end. */
    @Nullable
    CycleCursor next() throws IOException {
        while (true) {
            CycleCursor at = cursor;
            if (at == null) {
                if (!files.hasNext()) {
                    return null;
                }
                at = open(files.next());
                if (at == null) {
                    continue;
                }
                cursor = at;
            }
            Found found = at.next();
            if (found == Found.EXCERPT) {
                return at;
            }
            boolean more = false;
            if (found == Found.DAMAGE) {
                damage.add(at.file().path() + " at " + at.position() + ": " + at.damage());
                more = at.findBehind();
            }
            if (!more) {
                at.close();
                cursor = null;
            }
        }
    }

    private @Nullable CycleCursor open(CycleFile file) throws IOException {
        try {
            return new CycleCursor(file);
        } catch (NoSuchFileException deleted) {
            // The writer has made room. What was read before it belongs to what is gone, too.
            damage.add(file.path() + ": was deleted while the files before it were read");
            return null;
        }
    }

    /** What was damaged so far, one sentence each. */
    List<String> damage() {
        return damage;
    }

    @Override
    public void close() throws IOException {
        if (cursor != null) {
            cursor.close();
        }
    }
}
