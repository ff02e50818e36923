package io.ringmain.images;

import io.ringmain.images.picture.PictureException;
import io.ringmain.spi.FailureKind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes files so that nobody ever meets half of one: into one with another name, which then takes the place of what was there. The other name is always the
 * same, so that what a kill leaves is written over by the next run.
 *
 * <p>Thread: any.
 */
final class Outputs implements AutoCloseable {

    private final Set<Path> unfinished = ConcurrentHashMap.newKeySet();

    /** What a file is to have. */
    interface Body {

        /** Writes it; what it throws but for failures of the file is a {@link PictureException}. */
        void write(OutputStream to) throws IOException;
    }

    /** Returns how many bytes were written. */
    long write(Path to, Body body) throws PictureException {
        Path beside = to.resolveSibling('.' + String.valueOf(to.getFileName()) + ".ringmain");
        boolean isThere = false;
        try {
            Files.createDirectories(to.toAbsolutePath().getParent());
            unfinished.add(beside);
            try (OutputStream out = Files.newOutputStream(beside)) {
                body.write(out);
            }
            long bytes = Files.size(beside);
            Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            isThere = true;
            return bytes;
        } catch (PictureException known) {
            throw known;
        } catch (IOException failure) {
            String reason = FailureKind.of(failure) == FailureKind.NO_ROOM ? "no_room" : "cannot_write";
            throw new PictureException(
                    reason,
                    to + ": cannot be written: " + FailureKind.words(failure)
                            + " (expected: room, and leave to write there)",
                    failure);
        } finally {
            if (!isThere) {
                delete(beside);
            }
            unfinished.remove(beside);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException notThere) {
            // It could not be written either.
        }
    }

    /** Removes what was being written by threads that were given up. */
    @Override
    public void close() {
        unfinished.forEach(Outputs::delete);
    }
}
