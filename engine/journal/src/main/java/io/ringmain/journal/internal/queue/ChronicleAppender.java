package io.ringmain.journal.internal.queue;

import java.io.IOException;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * Chronicle Queue, as far as it is used: to append. Any call may throw whatever a library that writes into mapped memory can, errors too.
 *
 * <p>The queue rolls by time only, so it is given a clock that shows the day of the cycle that we want.
 */
final class ChronicleAppender implements Appender, TimeProvider {

    private static final long DAY_MS = 86_400_000;
    private static final long BLOCK_BYTES = 1 << 20;

    static {
        // Else it would tell its maker over the network that it is used, and note that in the user's home.
        System.setProperty("chronicle.analytics.disable", "true");
        if (System.getProperty("slf4j.internal.verbosity") == null) {
            // Chronicle brings the SLF4J API, which would say on standard error that nobody listens.
            System.setProperty("slf4j.internal.verbosity", "ERROR");
        }
        // It would look every few seconds, in a thread of its own, and warn below 200 MB. We look before we write.
        System.setProperty("chronicle.disk.monitor.disable", "true");
    }

    private volatile int cycle;
    private final ChronicleQueue queue;
    private final ExcerptAppender appender;
    private long end;

    ChronicleAppender(Path directory) {
        queue = SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(RollCycles.FAST_DAILY)
                .timeProvider(this)
                .blockSize(BLOCK_BYTES)
                .syncMode(SyncMode.NONE)
                .build();
        try {
            appender = queue.createAppender();
            // Threads may take turns, as those that open a journal, write it and close it.
            appender.singleThreadedCheckDisabled(true);
        } catch (Throwable failure) {
            queue.close();
            throw failure;
        }
    }

    @Override
    public long currentTimeMillis() {
        return cycle * DAY_MS;
    }

    @Override
    public void roll(int next) {
        cycle = next;
    }

    @Override
    public void refresh() {
        queue.refreshDirectoryListing();
    }

    @Override
    public long append(byte[] head, byte[] from, int offset, int length, byte[] tail) {
        DocumentContext context = begin();
        Bytes<?> bytes = context.wire().bytes();
        bytes.write(head);
        bytes.write(from, offset, length);
        bytes.write(tail);
        return finish(context, bytes);
    }

    @Override
    public long appendAround(byte[] head, long payloadAt, int length, byte[] tail) throws IOException {
        DocumentContext context = begin();
        Bytes<?> bytes = context.wire().bytes();
        bytes.write(head);
        if (bytes.writePosition() != payloadAt) {
            throw new IOException(
                    "the queue writes the payload at " + bytes.writePosition() + " (expected: " + payloadAt + ')');
        }
        bytes.writeSkip(length);
        bytes.write(tail);
        return finish(context, bytes);
    }

    private DocumentContext begin() {
        DocumentContext context = appender.writingDocument();
        Bytes<?> bytes = context.wire().bytes();
        // Else it would take no more than a quarter of a block; it goes on to the next blocks by itself.
        bytes.writeLimit(bytes.capacity());
        return context;
    }

    private long finish(DocumentContext context, Bytes<?> bytes) {
        end = bytes.writePosition() + Excerpt.WORD_BYTES - 1 & -Excerpt.WORD_BYTES;
        // Not closed when something fails: that would make what is half-written a whole excerpt.
        context.close();
        return appender.lastIndexAppended();
    }

    @Override
    public long end() {
        return end;
    }

    @Override
    public void close() {
        queue.close();
    }
}
