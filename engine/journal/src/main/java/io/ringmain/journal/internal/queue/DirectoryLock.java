package io.ringmain.journal.internal.queue;

import io.ringmain.spi.FailureKind;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second writer out of a directory, as long as the process lives or until it is closed. Readers need none. */
final class DirectoryLock implements Closeable {

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Makes the directory if there is none, and takes its lock. */
    static DirectoryLock take(Path directory) throws IOException {
        FileChannel channel = open(directory);
        boolean isLocked = false;
        try {
            FileLock lock = channel.tryLock();
            isLocked = lock != null;
        } catch (OverlappingFileLockException e) {
            throw new IOException(inUse(directory), e);
        } finally {
            if (!isLocked) {
                channel.close();
            }
        }
        if (!isLocked) {
            throw new IOException(inUse(directory));
        }
        return new DirectoryLock(channel);
    }

    private static FileChannel open(Path directory) throws IOException {
        try {
            Files.createDirectories(directory);
            return FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException failure) {
            throw new IOException(
                    directory + ": " + FailureKind.words(failure)
                            + " (expected: a directory that can be made and written); correct the path, or give another",
                    failure);
        }
    }

    private static String inUse(Path directory) {
        return directory
                + ": another run writes there (expected: one at a time); wait for it, or give another directory";
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
