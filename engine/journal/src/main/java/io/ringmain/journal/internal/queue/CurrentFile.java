package io.ringmain.journal.internal.queue;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file that is written, seen from the side of the disk: its room is taken before it is written through memory.
 *
 * <p>A store into a mapped page for which the disk has no block ends in an error that nobody can answer well, or in the end of the process. So what
 * lies behind the last excerpt is filled with zeros by ordinary writes, some way ahead; those say in good order that the disk is full.
 */
final class CurrentFile implements Closeable {

    /** The queue's header and its first two pages of index take less. */
    private static final int HEADER_BYTES = 128 << 10;

    /** The queue adds a page to its index after so many excerpts, which takes less than this. */
    private static final int EXCERPTS_PER_PAGE = 1 << 20;

    private static final int PAGE_BYTES = 34 << 10;

    /** What the queue may add around an excerpt: a page of its index, its end. */
    private static final int MARGIN_BYTES = 64 << 10;

    private static final int STEP_BYTES = 64 << 10;

    /** What a large payload has around it, and the word behind that, fit into this. */
    private static final int AROUND_BYTES = 256;

    /** From here on a payload is written like the zeros, instead of them: each page that is mapped costs more than a system call. */
    private static final int LARGE_BYTES = 16 << 10;

    /** How much more than an excerpt's bytes is taken at once. */
    static final int BYTES_AHEAD_MAX = HEADER_BYTES + MARGIN_BYTES + STEP_BYTES + 64;

    private final CycleFile file;
    private final FileChannel channel;
    private final @Nullable Object key;
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(STEP_BYTES);
    // No byte before this is written by us: it may be the queue's.
    private long takenTo;
    private long end;
    private boolean isEndExact;
    private long excerptCount;

    private CurrentFile(CycleFile file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        try {
            key = key();
        } catch (IOException failure) {
            channel.close();
            throw failure;
        }
    }

    private @Nullable Object key() throws IOException {
        return Files.readAttributes(file.path(), BasicFileAttributes.class).fileKey();
    }

    /** Whether its name still leads to it. */
    boolean isThere() throws IOException {
        try {
            return Objects.equals(key, key());
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    /** Goes on with a file whose last excerpt ends at {@code end}, with nothing of worth behind it. */
    static CurrentFile goOn(CycleFile file, long end, long excerptCount) throws IOException {
        var current = new CurrentFile(file, FileChannel.open(file.path(), StandardOpenOption.WRITE));
        current.end = end;
        current.takenTo = end;
        current.isEndExact = true;
        current.excerptCount = excerptCount;
        return current;
    }

    /** Makes a new one with room for an excerpt of {@code length} bytes; if there is not, there is no file either. */
    static CurrentFile begin(CycleFile file, int length) throws IOException {
        var current = new CurrentFile(
                file, FileChannel.open(file.path(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        try {
            current.end = HEADER_BYTES;
            current.takeRoom(length);
        } catch (IOException full) {
            current.close();
            Files.delete(file.path());
            throw full;
        }
        return current;
    }

    /** Makes sure that the disk has blocks for an excerpt of {@code length} bytes more. */
    void takeRoom(int length) throws IOException {
        long needed = end + Excerpt.WORD_BYTES + length + MARGIN_BYTES;
        if (needed <= takenTo) {
            return;
        }
        try {
            take(needed + STEP_BYTES);
        } catch (IOException full) {
            if (takenTo < needed) {
                throw full;
            }
        }
    }

    private void take(long to) throws IOException {
        while (takenTo < to) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), to - takenTo));
            takenTo += channel.write(zeros, takenTo);
        }
    }

    /** Whether it is known where the queue wants the payload of the next excerpt, and {@link #put} is worth while. */
    boolean takesPayload(int length) {
        return length >= LARGE_BYTES && isEndExact && (excerptCount + 1) % EXCERPTS_PER_PAGE > 1;
    }

    /** Where the payload of the next excerpt belongs. */
    long payloadAt() {
        return end + Excerpt.WORD_BYTES + Excerpt.HEAD_BYTES;
    }

    /** Writes a payload there, and sees that the disk has blocks for what comes around it. What stands behind it is zero. */
    void put(byte[] from, int offset, int length) throws IOException {
        take(payloadAt());
        // Should the disk get full, what is there from here on is no zeros.
        takenTo = payloadAt();
        ByteBuffer payload = ByteBuffer.wrap(from, offset, length);
        while (payload.hasRemaining()) {
            channel.write(payload, payloadAt() + payload.position() - offset);
        }
        takenTo += length;
        take(takenTo + AROUND_BYTES);
    }

    /** Notes that an excerpt has been written, which ends at {@code newEnd}. */
    void written(long newEnd) {
        end = newEnd;
        isEndExact = true;
        excerptCount++;
        if (excerptCount % EXCERPTS_PER_PAGE == 0) {
            end += PAGE_BYTES;
            isEndExact = false;
        }
    }

    void force() throws IOException {
        // Also what was written through memory: to the system these are the same pages.
        channel.force(true);
    }

    CycleFile file() {
        return file;
    }

    /** About where the last excerpt ends. */
    long end() {
        return end;
    }

    /** How many bytes of disk the file takes. */
    long allocatedBytes() {
        return takenTo;
    }

    /** How many excerpts it has: the sequence of the next. */
    long excerptCount() {
        return excerptCount;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
