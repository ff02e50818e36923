package io.ringmain.pack;

import io.ringmain.spi.Batch;
import io.ringmain.spi.Sink;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Writes what became of the chunks, in their order, encrypted or not. */
final class ChunkWriter implements Sink<Slot> {

    private final String name;
    private final WritableByteChannel target;
    private final Locking locking;
    private final FlowClock clock;
    private final CRC32C crc = new CRC32C();
    private final AtomicLong bytes = new AtomicLong();
    private final Closeable abortable;
    private @Nullable WritableByteChannel locked;
    private final byte[] mark;
    private long length;
    private long next;

    /** Makes one that writes {@code mark} first. */
    ChunkWriter(FlowOutput output, byte[] mark, Locking locking, FlowClock clock) {
        this.mark = mark;
        name = output.name();
        target = output.channel();
        abortable = output.abortable();
        this.locking = locking;
        this.clock = clock;
    }

    @Override
    public void write(Batch<Slot> batch) throws IOException {
        for (int i = 0; i < batch.size(); i++) {
            Chunk chunk = batch.event(i).chunk();
            if (chunk.index != next) {
                throw new IllegalStateException("chunk " + chunk.index + " (expected: " + next + ")");
            }
            next++;
            long beganNs = System.nanoTime();
            length += chunk.content.limit();
            write(chunk.result);
            clock.written(chunk, beganNs, System.nanoTime());
            chunk.free();
        }
    }

    private void write(ByteBuffer packed) throws IOException {
        try {
            WritableByteChannel to = locked;
            if (to == null) {
                // Not before: it writes, and who reads what is written may let it wait.
                to = locking.locked(target);
                locked = to;
                writeAll(ByteBuffer.wrap(mark), to);
            }
            writeAll(packed, to);
        } catch (PackException sentence) {
            throw sentence;
        } catch (IOException problem) {
            throw failed(problem);
        }
    }

    private PackException failed(IOException problem) {
        return new PackException(
                name + ": cannot be written: " + PackException.reason(problem)
                        + " (expected: room, and a disk or reader that takes it)",
                problem);
    }

    private void writeAll(ByteBuffer from, WritableByteChannel to) throws IOException {
        crc.update(from.duplicate());
        while (from.hasRemaining()) {
            bytes.addAndGet(to.write(from));
        }
    }

    /** Writes {@code trailer} and what an encryption keeps to the end. After the last chunk; any thread. */
    void finish(byte[] trailer) throws IOException {
        write(ByteBuffer.wrap(trailer));
        if (locked != null && locked != target) {
            try {
                locked.close();
            } catch (IOException problem) {
                throw failed(problem);
            }
        }
    }

    /** The trailer for what was written so far: the mark, if no chunk came, and the chunks. */
    byte[] trailer(PackFormat format, int contentCrc) throws IOException {
        if (next == 0) {
            write(ByteBuffer.allocate(0));
        }
        return Envelope.trailer(format, new Envelope.Trailer(next, length, contentCrc, (int) crc.getValue()));
    }

    /** How much was written, before encryption. Any thread. */
    long bytes() {
        return bytes.get();
    }

    /** How many chunks were written. */
    long chunks() {
        return next;
    }

    /** How much of the content they had. */
    long length() {
        return length;
    }

    @Override
    public void abort() {
        try {
            abortable.close();
        } catch (IOException problem) {
            // The write that this ends says what there is to say.
            return;
        }
    }
}
