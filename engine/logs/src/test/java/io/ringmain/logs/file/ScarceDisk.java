package io.ringmain.logs.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/**
 * A file on a disk that has room for so many bytes of it and no more: a write that is too large is taken as far as there is room, as systems do,
 * and only the next one fails.
 */
final class ScarceDisk extends FileChannel {

    private final FileChannel file;
    private long roomBytes;
    private int refused;
    private int halves;

    ScarceDisk(FileChannel file, long roomBytes) {
        this.file = file;
        this.roomBytes = roomBytes;
    }

    /** Sets how long the file may be. */
    void makeRoom(long bytes) {
        roomBytes = bytes;
    }

    /** How many writes were refused for want of room. */
    int refused() {
        return refused;
    }

    /** How many writes were taken in part. */
    int halves() {
        return halves;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        long room = roomBytes - file.position();
        if (room <= 0) {
            refused++;
            throw new IOException("No space left on device");
        }
        if (room >= from.remaining()) {
            return file.write(from);
        }
        halves++;
        int limit = from.limit();
        from.limit(from.position() + (int) room);
        int written = file.write(from);
        from.limit(limit);
        return written;
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        file.truncate(size);
        return this;
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public FileChannel position(long newPosition) throws IOException {
        file.position(newPosition);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public void force(boolean metaData) throws IOException {
        file.force(metaData);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        file.close();
    }

    @Override
    public int read(ByteBuffer to, long position) throws IOException {
        return file.read(to, position);
    }

    @Override
    public int read(ByteBuffer to) {
        throw notExpected();
    }

    @Override
    public long read(ByteBuffer[] to, int offset, int length) {
        throw notExpected();
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) {
        throw notExpected();
    }

    @Override
    public int write(ByteBuffer from, long position) {
        throw notExpected();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
        throw notExpected();
    }

    @Override
    public long transferFrom(ReadableByteChannel from, long position, long count) {
        throw notExpected();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw notExpected();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
        throw notExpected();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
        throw notExpected();
    }

    /** What a sink does not do today: whoever lets it do more has to say here what a full disk makes of that. */
    private static AssertionError notExpected() {
        return new AssertionError("not expected (expected: write, truncate, position, size, force or close)");
    }
}
