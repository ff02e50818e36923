package io.ringmain.logs.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One file as it lies on the disk.
 *
 * <p>A channel that reads into a heap array goes through a buffer outside the heap anyway. With an own one of 256 KiB that is the fastest
 * way measured, together with streams of the same block size, and nothing is allocated.
 *
 * <p>Thread: the intake thread.
 */
final class RawFile implements ByteInput {

    /** How many bytes are read at once. */
    static final int BLOCK_BYTES = 256 << 10;

    private final Path path;
    private final FileChannel channel;
    private final ByteBuffer block;
    private final AtomicLong bytesRead;
    private final long sizeBytes;
    private long blockEnd;

    /**
     * Opens a file.
     *
     * @param block of {@link #BLOCK_BYTES}, the file's until it is closed
     * @param bytesRead where the bytes read are added
     */
    RawFile(Path path, ByteBuffer block, AtomicLong bytesRead) throws IOException {
        this.path = path;
        this.block = block;
        this.bytesRead = bytesRead;
        try {
            channel = FileChannel.open(path);
        } catch (NoSuchFileException vanished) {
            throw new IOException(
                    path + ": gone (expected: a file that stays until it is read); it was there at the start",
                    vanished);
        } catch (IOException failure) {
            throw new IOException(path + ": cannot be opened: " + failure.getMessage(), failure);
        }
        sizeBytes = size();
        block.clear().limit(0);
    }

    private long size() throws IOException {
        try {
            return channel.size();
        } catch (IOException failure) {
            channel.close();
            throw failure;
        }
    }

    /** Returns the first four bytes as a number, the first one lowest, without reading past them; less if there are fewer. */
    int magic() throws IOException {
        while (block.limit() < 4 && readBlock()) {
            // Once for a file on a disk.
        }
        int magic = 0;
        for (int i = Math.min(3, block.limit() - 1); i >= 0; i--) {
            magic = (magic << 8) | (block.get(i) & 0xff);
        }
        return magic;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (!block.hasRemaining()) {
            block.clear().limit(0);
            if (!readBlock()) {
                return end();
            }
        }
        int count = Math.min(length, block.remaining());
        block.get(to, offset, count);
        return count;
    }

    /** Reads behind the limit of the block; returns {@code false} at the end of the file. */
    private boolean readBlock() throws IOException {
        int position = block.position();
        int limit = block.limit();
        block.limit(block.capacity()).position(limit);
        int count;
        try {
            count = channel.read(block);
        } catch (IOException failure) {
            throw new IOException(path + ": cannot be read at byte " + blockEnd + ": " + failure.getMessage(), failure);
        } finally {
            block.limit(block.position()).position(position);
        }
        if (count > 0) {
            blockEnd += count;
            bytesRead.setOpaque(bytesRead.getOpaque() + count);
        }
        return count >= 0;
    }

    private int end() throws IOException {
        if (blockEnd < sizeBytes) {
            throw new IOException(path + ": ended at byte " + blockEnd + " (expected: " + sizeBytes
                    + " bytes, as at its opening); it was cut while it was read");
        }
        return -1;
    }

    /** How many bytes have been taken by {@link #read}. */
    long offset() {
        return blockEnd - block.remaining();
    }

    /** What messages call the file. */
    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
