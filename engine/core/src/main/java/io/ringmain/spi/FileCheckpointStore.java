package io.ringmain.spi;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the checkpoint in a directory: written beside the old one, forced to the disk, renamed over it, and the directory forced too. A lock keeps a
 * second process, or pipeline, out.
 */
public final class FileCheckpointStore implements CheckpointStore {

    private static final long MAGIC = 0x524d_4348_4543_4b31L; // "RMCHECK1"
    private static final int HEAD_BYTES = 8 + 4 + 4;

    private final Path directory;
    private final Path current;
    private final Path next;
    private @Nullable FileChannel lockFile;

    /** Makes a store in {@code directory}, which is made when the store is opened. */
    public FileCheckpointStore(Path directory) {
        this.directory = requireNonNull(directory, "directory");
        current = directory.resolve("checkpoint");
        next = directory.resolve("checkpoint.next");
    }

    @Override
    public void open() throws IOException {
        FileChannel channel = openLock();
        boolean locked = false;
        try {
            FileLock lock = channel.tryLock();
            locked = lock != null;
        } catch (OverlappingFileLockException e) {
            throw new IOException(inUse(), e);
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        if (!locked) {
            throw new IOException(inUse());
        }
        lockFile = channel;
    }

    private FileChannel openLock() throws IOException {
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

    private String inUse() {
        return directory
                + ": another run keeps its checkpoints there (expected: one at a time); wait for it, or give another directory";
    }

    @Override
    public byte @Nullable [] read() throws IOException {
        if (!Files.exists(current)) {
            return null;
        }
        ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(current));
        if (all.remaining() < HEAD_BYTES || all.getLong() != MAGIC) {
            throw damaged("no checkpoint");
        }
        int length = all.getInt();
        int sum = all.getInt();
        if (length != all.remaining()) {
            throw damaged(all.remaining() + " bytes, of " + length);
        }
        byte[] checkpoint = new byte[length];
        all.get(checkpoint);
        if (sum != sum(checkpoint)) {
            throw damaged("the checksum is another");
        }
        return checkpoint;
    }

    private IOException damaged(String found) {
        return new IOException(
                current + ": damaged: " + found
                        + " (expected: a checkpoint as it was written); restore it, or remove the directory to begin from the start");
    }

    private static int sum(byte[] bytes) {
        var sum = new CRC32C();
        sum.update(bytes);
        return (int) sum.getValue();
    }

    @Override
    public void write(byte[] checkpoint) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES)
                .putLong(MAGIC)
                .putInt(checkpoint.length)
                .putInt(sum(checkpoint))
                .flip();
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            writeAll(channel, head);
            writeAll(channel, ByteBuffer.wrap(checkpoint));
            channel.force(true);
        }
        Files.move(next, current, StandardCopyOption.ATOMIC_MOVE);
        // Else the rename itself may be lost with the power.
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        if (lockFile != null) {
            lockFile.close();
            lockFile = null;
        }
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
