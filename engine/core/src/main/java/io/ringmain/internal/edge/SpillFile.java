package io.ringmain.internal.edge;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Records in a file, first in first out: behind a header the file is a ring of bytes, so it never grows beyond its bound however long it is in
 * use. When the last record has been taken the file shrinks to its header.
 *
 * <pre>
 *   header (16) │ …free… │ length (4) record │ length record │ …free… │   a record may go over the end
 *                        ▲ head                              ▲ tail
 * </pre>
 *
 * <p>It is a {@link RandomAccessFile} and not a channel, because an interrupt of a publishing thread would close a channel.
 *
 * <p>Thread: one at a time.
 */
class SpillFile {

    private static final byte[] HEADER = "RINGMAIN SPILL 1".getBytes(StandardCharsets.US_ASCII);
    private static final int LENGTH_BYTES = 4;

    private final Path path;
    private final long capacity;
    private final byte[] lengthBytes = new byte[LENGTH_BYTES];
    private @Nullable RandomAccessFile file;
    private long head;
    private long tail;
    private boolean closed;

    SpillFile(Path path, long bytesMax) {
        this.path = path;
        capacity = bytesMax - HEADER.length;
    }

    /** Opens the file if it is not open. One that is there and not a spill of ours, or in use, is an error. */
    void open() throws IOException {
        if (file == null) {
            if (closed) {
                throw new IOException(this + ": closed");
            }
            file = opened();
        }
    }

    private RandomAccessFile opened() throws IOException {
        RandomAccessFile opening = new RandomAccessFile(path.toFile(), "rw");
        boolean ours = false;
        try {
            if (!isLocked(opening)) {
                throw new IOException(this + ": in use (expected: a file for each edge); give each its own path");
            }
            if (!isEmptyOrSpill(opening)) {
                throw new IOException(this + ": something else is there (expected: nothing, or what a killed process"
                        + " has left of a spill); move it away, or choose another path");
            }
            opening.setLength(0);
            opening.write(HEADER);
            ours = true;
            return opening;
        } finally {
            if (!ours) {
                opening.close();
            }
        }
    }

    private static boolean isLocked(RandomAccessFile opening) throws IOException {
        try {
            FileLock lock = opening.getChannel().tryLock();
            return lock != null;
        } catch (OverlappingFileLockException taken) {
            return false;
        }
    }

    private static boolean isEmptyOrSpill(RandomAccessFile opening) throws IOException {
        if (opening.length() == 0) {
            return true;
        }
        byte[] start = new byte[HEADER.length];
        int read = opening.read(start);
        return read == HEADER.length && Arrays.equals(start, HEADER);
    }

    private RandomAccessFile required() throws IOException {
        open();
        RandomAccessFile opened = file;
        if (opened == null) {
            throw new IOException(this + ": not open");
        }
        return opened;
    }

    /** Adds a record; returns {@code false} if it does not fit. If it fails nothing was added. */
    boolean append(SpillRecord record) throws IOException {
        int length = record.size();
        if (tail - head + LENGTH_BYTES + length > capacity) {
            return false;
        }
        RandomAccessFile to = required();
        for (int i = 0; i < LENGTH_BYTES; i++) {
            lengthBytes[i] = (byte) (length >>> (8 * i));
        }
        write(to, tail, lengthBytes, LENGTH_BYTES);
        write(to, tail + LENGTH_BYTES, record.array(), length);
        tail += LENGTH_BYTES + length;
        return true;
    }

    /** Copies the oldest record into {@code record}. */
    void first(SpillRecord record) throws IOException {
        RandomAccessFile from = required();
        record.resize(firstLength(from));
        read(from, head + LENGTH_BYTES, record.array(), record.size());
    }

    private int firstLength(RandomAccessFile from) throws IOException {
        read(from, head, lengthBytes, LENGTH_BYTES);
        int length = 0;
        for (int i = 0; i < LENGTH_BYTES; i++) {
            length |= (lengthBytes[i] & 0xFF) << (8 * i);
        }
        if (length < 0 || LENGTH_BYTES + length > tail - head) {
            throw new IOException(this + ": a record of " + length + " bytes (expected: at most "
                    + (tail - head - LENGTH_BYTES) + "); somebody else has written to the file");
        }
        return length;
    }

    /** Takes the oldest record away. */
    void removeFirst() throws IOException {
        RandomAccessFile from = required();
        head += LENGTH_BYTES + firstLength(from);
        if (head == tail) {
            head = 0;
            tail = 0;
            from.setLength(HEADER.length);
        }
    }

    private void write(RandomAccessFile to, long at, byte[] bytes, int length) throws IOException {
        int untilEnd = untilEnd(at, length);
        to.seek(HEADER.length + at % capacity);
        to.write(bytes, 0, untilEnd);
        if (untilEnd < length) {
            to.seek(HEADER.length);
            to.write(bytes, untilEnd, length - untilEnd);
        }
    }

    private void read(RandomAccessFile from, long at, byte[] bytes, int length) throws IOException {
        int untilEnd = untilEnd(at, length);
        from.seek(HEADER.length + at % capacity);
        from.readFully(bytes, 0, untilEnd);
        if (untilEnd < length) {
            from.seek(HEADER.length);
            from.readFully(bytes, untilEnd, length - untilEnd);
        }
    }

    private int untilEnd(long at, int length) {
        return (int) Math.min(length, capacity - at % capacity);
    }

    boolean isEmpty() {
        return head == tail;
    }

    /** How many bytes the records take. */
    long bytes() {
        return tail - head;
    }

    /** Closes and deletes the file, if there is one. */
    void close() throws IOException {
        closed = true;
        RandomAccessFile closing = file;
        file = null;
        if (closing != null) {
            closing.close();
            Files.deleteIfExists(path);
        }
    }

    @Override
    public String toString() {
        return "whenFull.spill.path: " + path;
    }
}
