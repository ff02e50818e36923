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
    private final byte[] head = new byte[FileProof.HEAD_BYTES_MAX];
    private final Tail tail = new Tail();
    private long sizeBytesMin;
    private long blockEnd;

    /**
     * Reads an open file from its byte {@code from} on.
     *
     * @param path what messages call it
     * @param channel which is closed with this
     * @param block of {@link #BLOCK_BYTES}, the file's until it is closed
     * @param bytesRead where the bytes read are added
     */
    RawFile(Path path, FileChannel channel, ByteBuffer block, AtomicLong bytesRead, long from) throws IOException {
        this.path = path;
        this.channel = channel;
        this.block = block;
        this.bytesRead = bytesRead;
        sizeBytesMin = channel.size();
        channel.position(from);
        FileProof.read(channel, 0, head);
        byte[] before = new byte[(int) Math.min(Tail.BYTES_MAX, from)];
        tail.add(before, 0, FileProof.read(channel, from - before.length, before));
        blockEnd = from;
        block.clear().limit(0);
    }

    /** Opens a file to read. */
    static FileChannel open(Path path) throws IOException {
        try {
            return FileChannel.open(path);
        } catch (NoSuchFileException vanished) {
            throw new IOException(
                    path + ": gone (expected: a file that stays until it is read); it was there at the start",
                    vanished);
        } catch (IOException failure) {
            throw new IOException(path + ": cannot be opened: " + failure.getMessage(), failure);
        }
    }

    /** Returns the first four bytes of a file as a number, the first one lowest; less if there are fewer. */
    static int magic(FileChannel channel) throws IOException {
        byte[] first = new byte[Integer.BYTES];
        int magic = 0;
        for (int i = FileProof.read(channel, 0, first) - 1; i >= 0; i--) {
            magic = (magic << 8) | (first[i] & 0xff);
        }
        return magic;
    }

    /** From now on an end before the size that the file had at its opening is an end. */
    void allowCut() {
        sizeBytesMin = 0;
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
            keep(limit, count);
            blockEnd += count;
            bytesRead.setOpaque(bytesRead.getOpaque() + count);
        }
        return count >= 0;
    }

    /** Keeps what the file is known by. */
    private void keep(int from, int count) {
        if (blockEnd < head.length) {
            // Once more, for the file may have had less before.
            block.get(from, head, (int) blockEnd, (int) Math.min(head.length - blockEnd, count));
        }
        tail.add(block, from, from + count);
    }

    private int end() throws IOException {
        if (blockEnd < sizeBytesMin) {
            throw new IOException(path + ": ended at byte " + blockEnd + " (expected: " + sizeBytesMin
                    + " bytes, as at its opening); it was cut while it was read");
        }
        return -1;
    }

    /** How many bytes have been taken by {@link #read}. */
    long offset() {
        return blockEnd - block.remaining();
    }

    /** Whether the file still has what has been read, as far as its first and last bytes tell. Only at its end. Never allocates. */
    boolean isUnchanged() throws IOException {
        try {
            int headLength = (int) Math.min(head.length, blockEnd);
            int tailLength = tail.length();
            return peek(0, headLength)
                    && isEqual(head, headLength)
                    && peek(blockEnd - tailLength, tailLength)
                    && tail.isEqual(block);
        } finally {
            block.clear().limit(0);
        }
    }

    /** Reads into the block, which is empty at the end of a file; returns whether there was so much. */
    private boolean peek(long from, int length) throws IOException {
        block.clear().limit(length);
        while (block.hasRemaining()) {
            if (channel.read(block, from + block.position()) <= 0) {
                return false;
            }
        }
        return true;
    }

    private boolean isEqual(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (block.get(i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** What the file has before {@code bytes}, of which {@code before} are the last; both have been read. */
    FileProof proof(long bytes, Tail before) {
        return FileProof.of(bytes, head, before);
    }

    /** What the file has in all that has been read, also ahead. */
    FileProof proof() {
        return proof(blockEnd, tail);
    }

    /** The last bytes that have been read, also ahead. */
    Tail tail() {
        return tail;
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
