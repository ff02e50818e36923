package io.ringmain.logs.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A file that is being read, from a mark on. A compressed one is read again from its beginning, for there is no other way in.
 *
 * <p>Thread: the intake thread.
 */
final class OpenFile implements Closeable {

    private static final int SKIPPED_BYTES_MAX = 4 << 20;

    private final FileMark from;
    private final RawFile raw;
    private final ByteInput input;
    private final long firstPosition;
    private long skipLeft;
    // Decompressed, what was read in earlier runs too.
    private long readBytes;
    private boolean atEnd;

    private OpenFile(FileMark from, RawFile raw, ByteInput input, long firstPosition) {
        this.from = from;
        this.raw = raw;
        this.input = input;
        this.firstPosition = firstPosition;
        readBytes = from.offset();
    }

    /** What a source reads files with: a block of {@link RawFile#BLOCK_BYTES}, and where the bytes that were read are counted. */
    record Means(ByteBuffer block, AtomicLong bytesRead) {}

    /**
     * Reads on where {@code from} stands.
     *
     * @param channel of that file, closed with this, also if this fails
     * @param path where the file lies now
     * @param firstPosition the position that the source gives its first line
     */
    static OpenFile of(FileChannel channel, Path path, FileMark from, Means means, long firstPosition)
            throws IOException {
        boolean done = false;
        try {
            int magic = RawFile.magic(channel);
            boolean isZstd = magic == ZstdFile.MAGIC;
            boolean isGzip = (magic & 0xffff) == GzipFile.MAGIC;
            long rawFrom = isZstd || isGzip ? 0 : from.offset();
            RawFile raw = new RawFile(path, channel, means.block, means.bytesRead, rawFrom);
            ByteInput input = isZstd ? new ZstdFile(raw) : isGzip ? new GzipFile(raw) : raw;
            OpenFile file = new OpenFile(from, raw, input, firstPosition);
            file.skipLeft = input == raw ? 0 : from.offset();
            done = true;
            return file;
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    static boolean isCompressed(FileChannel channel) throws IOException {
        int magic = RawFile.magic(channel);
        return magic == ZstdFile.MAGIC || (magic & 0xffff) == GzipFile.MAGIC;
    }

    /** As {@link ByteInput#read}, but 0 while there is more to pass over than should be at once. */
    int read(byte[] to, int offset, int length) throws IOException {
        long until = Math.max(0, skipLeft - SKIPPED_BYTES_MAX);
        while (skipLeft > until) {
            int count = input.read(to, offset, (int) Math.min(skipLeft, length));
            if (count < 0) {
                return -1;
            }
            skipLeft -= count;
        }
        if (skipLeft > 0) {
            return 0;
        }
        int count = input.read(to, offset, length);
        atEnd = count < 0;
        readBytes += Math.max(0, count);
        return count;
    }

    /** The file as it lies on the disk. */
    RawFile raw() {
        return raw;
    }

    /** The last bytes before what is read first. */
    Tail before() {
        return raw.tail();
    }

    /** Where the line with the position {@code lineBegin} begins, behind the bytes {@code before}. */
    FileMark mark(long lineBegin, Tail before) {
        long offset = from.offset() + lineBegin - firstPosition;
        FileProof proof = input == raw ? raw.proof(offset, before) : raw.proof();
        return new FileMark(from.path(), from.key(), offset, proof, atEnd && offset == readBytes);
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
