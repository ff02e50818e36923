package io.ringmain.journal.internal.queue;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;

/**
 * A queue that somebody else has written, with the library and in whatever way it is set up.
 *
 * <p>Thread: one at a time.
 */
public final class ForeignQueue implements Closeable {

    static {
        // As in ChronicleAppender: whichever is used first must find it switched off.
        System.setProperty("chronicle.analytics.disable", "true");
        System.setProperty("chronicle.disk.monitor.disable", "true");
        if (System.getProperty("slf4j.internal.verbosity") == null) {
            System.setProperty("slf4j.internal.verbosity", "ERROR");
        }
    }

    private static final int BYTES = 4096;

    private final boolean text;
    private final ChronicleQueue queue;
    private final ExcerptTailer tailer;
    private final Bytes<byte[]> excerpt = Bytes.allocateElasticOnHeap(BYTES);
    private final StringBuilder words = new StringBuilder();
    private byte[] bytes = new byte[0];
    private int length;
    private long index = -1;

    /** Opens the queue in {@code directory}; {@code text} if its excerpts were written by {@code writeText}, else they are bytes. */
    public ForeignQueue(Path directory, boolean text) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException(directory + ": no directory (expected: that of a queue)");
        }
        this.text = text;
        try {
            queue = SingleChronicleQueueBuilder.single(directory.toFile())
                    .readOnly(true)
                    .build();
            tailer = queue.createTailer();
            // It is opened by one thread and read by another, after it.
            tailer.singleThreadedCheckDisabled(true);
        } catch (RuntimeException failure) {
            throw new IOException(directory + ": cannot be read as a queue: " + failure, failure);
        }
    }

    /** Goes behind the excerpt at {@code known}, which was read before. */
    public void goBehind(long known) throws IOException {
        if (!tailer.moveToIndex(known) || !next()) {
            throw new IOException(
                    "no excerpt at index " + Long.toHexString(known) + " (expected: the one that was read last)");
        }
    }

    /** Goes to the next excerpt; {@code false} if there is none now. */
    public boolean next() {
        boolean found = text ? nextText() : nextBytes();
        if (found) {
            index = tailer.lastReadIndex();
        }
        return found;
    }

    private boolean nextText() {
        words.setLength(0);
        if (!tailer.readText(words)) {
            return false;
        }
        bytes = words.toString().getBytes(StandardCharsets.UTF_8);
        length = bytes.length;
        return true;
    }

    private boolean nextBytes() {
        excerpt.clear();
        if (!tailer.readBytes(excerpt)) {
            return false;
        }
        length = (int) excerpt.readRemaining();
        if (bytes.length < length) {
            bytes = new byte[Math.max(length, 2 * bytes.length)];
        }
        excerpt.read(bytes, 0, length);
        return true;
    }

    /** The excerpt's bytes, from 0, {@link #length} of them; until the next call. Text is UTF-8. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many bytes the excerpt has. */
    public int length() {
        return length;
    }

    /** The excerpt's number in its queue. */
    public long index() {
        return index;
    }

    @Override
    public void close() {
        excerpt.releaseLast();
        queue.close();
    }
}
