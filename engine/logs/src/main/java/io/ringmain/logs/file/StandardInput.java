package io.ringmain.logs.file;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a stream that can only be waited for: a pipe, a terminal, also a file as standard input.
 *
 * <p>A daemon thread reads the stream, a few blocks ahead; so {@link #fill} never waits. When the source is closed while that thread waits
 * for the stream it is left there: nothing but the other end can wake it. What it had read and not handed over then is not taken; the
 * engine stops a source only when the pipeline is to stop.
 *
 * <p>Thread: as {@link LineSource}.
 */
public final class StandardInput extends LineSource {

    private static final int BLOCK_BYTES = 64 << 10;
    private static final int BLOCKS = 4;

    private final InputStream in;
    private final BlockingQueue<Block> empty = new ArrayBlockingQueue<>(BLOCKS + 1);
    private final BlockingQueue<Block> full = new ArrayBlockingQueue<>(BLOCKS + 1);
    private final AtomicLong bytesRead = new AtomicLong();
    private volatile boolean closed;
    private @Nullable Block block;
    private int taken;
    private boolean begun;

    /** Bytes on their way from the reader to the intake thread; -1 of them is the end, for the reason given if there is one. */
    private static final class Block {

        private final byte[] bytes = new byte[BLOCK_BYTES];
        private int length;
        private @Nullable Throwable failure;
    }

    /** Makes a source of the lines of {@code in}, which stays open; it is read by no other. */
    public StandardInput(InputStream in, LineSettings settings) {
        super(settings);
        this.in = requireNonNull(in, "in");
    }

    @Override
    public void open() {
        for (int i = 0; i < BLOCKS; i++) {
            empty.add(new Block());
        }
        Thread reader = new Thread(this::readAll, "standard-input");
        reader.setDaemon(true);
        reader.start();
    }

    private void readAll() {
        try {
            int length = 0;
            while (length >= 0) {
                Block next = empty.take();
                if (closed) {
                    return;
                }
                length = readInto(next);
                full.put(next);
            }
        } catch (InterruptedException stop) {
            // Nobody here does that; whoever does wants the thread to end.
            Thread.currentThread().interrupt();
        }
    }

    private int readInto(Block next) {
        try {
            next.length = in.read(next.bytes, 0, next.bytes.length);
            bytesRead.setOpaque(bytesRead.getOpaque() + Math.max(0, next.length));
        } catch (Throwable failure) {
            // The edge of this thread: the intake thread throws it again.
            next.failure = failure;
            next.length = -1;
        }
        return next.length;
    }

    @Override
    boolean next() {
        boolean first = !begun;
        begun = true;
        return first;
    }

    @Override
    int read(byte[] to, int offset, int length) throws IOException {
        if (block == null) {
            block = full.poll();
            taken = 0;
        }
        Block from = block;
        if (from == null) {
            return 0;
        }
        if (from.length < 0) {
            return end(from);
        }
        int count = Math.min(length, from.length - taken);
        System.arraycopy(from.bytes, taken, to, offset, count);
        taken += count;
        if (taken == from.length) {
            block = null;
            empty.add(from);
        }
        return count;
    }

    private int end(Block last) throws IOException {
        Throwable failure = last.failure;
        if (failure == null) {
            return -1;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        throw new IOException(
                settings().where() + ": standard input cannot be read at byte " + position() + ": "
                        + failure.getMessage() + unfinished(),
                failure);
    }

    @Override
    public void close() {
        closed = true;
        // The reader may wait for a block.
        empty.offer(new Block());
    }

    @Override
    public long bytesRead() {
        return bytesRead.getOpaque();
    }

    /** Returns -1: nobody knows how much will come. */
    @Override
    public long bytesTotal() {
        return -1;
    }

    @Override
    public String where(long position) {
        return "standard input, byte " + position;
    }
}
