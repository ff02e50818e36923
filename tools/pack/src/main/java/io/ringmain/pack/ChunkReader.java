package io.ringmain.pack;

import io.ringmain.spi.Publication;
import io.ringmain.spi.Publisher;
import io.ringmain.spi.PushSource;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;

/**
 * Reads the content, chunk by chunk. It has a thread of its own, because what is read may be a pipe.
 *
 * <p>There is one chunk more than the ring has slots. So when chunk i - 1 was published, the slot of chunk i - slots - 1 had been given back, and its memory,
 * which is that of chunk i, with it: no list of free ones is needed.
 */
final class ChunkReader implements PushSource<Slot> {

    private final String name;
    private final ReadableByteChannel in;
    private final Closeable source;
    private final List<Chunk> chunks;
    private final FlowClock clock;
    private final CRC32C crc = new CRC32C();
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean isAborted;

    /** Reads from {@code in}, which gives the content of {@code input}, and closes it in the end. */
    ChunkReader(FlowInput input, ReadableByteChannel in, List<Chunk> chunks, FlowClock clock) {
        name = input.name();
        this.in = in;
        source = input.abortable();
        this.chunks = chunks;
        this.clock = clock;
    }

    @Override
    public void run(Publisher<Slot> publisher) throws IOException {
        try (in) {
            long number = 0;
            Publication outcome = Publication.PUBLISHED;
            long roomWaitNs = 0;
            boolean isLast = false;
            while (outcome == Publication.PUBLISHED && !isAborted && !isLast) {
                Chunk chunk = chunks.get((int) (number % chunks.size()));
                long askedNs = System.nanoTime();
                if (!chunk.fill(number, in)) {
                    return;
                }
                // A file that grows, or a terminal, may have more behind its end; a chunk behind a short one would be
                // out of place.
                isLast = chunk.content.limit() < chunk.content.capacity();
                crc.update(chunk.content.duplicate());
                bytes.addAndGet(chunk.content.remaining());
                chunk.roomWaitNs = roomWaitNs;
                chunk.readAtNs = System.nanoTime();
                chunk.readNs = chunk.readAtNs - askedNs;
                clock.read();
                outcome = publisher.publish(Slot::put, chunk);
                roomWaitNs = System.nanoTime() - chunk.readAtNs;
                number++;
            }
        } catch (PackException sentence) {
            throw sentence;
        } catch (IOException failure) {
            if (!isAborted) {
                throw new PackException(name + ": cannot be read: " + PackException.reason(failure), failure);
            }
        }
    }

    @Override
    public void abort() {
        isAborted = true;
        try {
            source.close();
        } catch (IOException problem) {
            // Nobody wants what is read any more.
            return;
        }
    }

    /** How much was read. Any thread. */
    long bytes() {
        return bytes.get();
    }

    /** The CRC-32C of the content; when the reader has ended. */
    int crc() {
        return (int) crc.getValue();
    }
}
