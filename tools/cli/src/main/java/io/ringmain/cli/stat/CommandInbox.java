package io.ringmain.cli.stat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

/**
 * The run's end of its commands. Each comes with the name of a file beside the run's own, in which its answer is to be; whoever has asked reads it there and
 * deletes it.
 *
 * <p>Thread: one at a time.
 */
final class CommandInbox {

    /** What a command is to the ring; others are for later versions. */
    static final int COMMAND = 1;

    /** Nobody writes a command for so long. */
    static final long WRITING_NS_MAX = 1_000_000_000;

    private static final int AT_ONCE_MAX = 16;

    private final ManyToOneRingBuffer ring;
    private final Path file;
    private final LongSupplier nanoTime;
    private long stoppedAt = -1;
    private long stoppedNs;

    /** Reads from {@code buffer}, a part of {@code file}. */
    CommandInbox(UnsafeBuffer buffer, Path file, LongSupplier nanoTime) {
        ring = new ManyToOneRingBuffer(buffer);
        this.file = file;
        this.nanoTime = nanoTime;
    }

    /** The file for the answer to the command with that number. */
    static Path answer(Path file, long number) {
        return file.resolveSibling(file.getFileName() + "." + Long.toHexString(number));
    }

    /** Gives what has come to {@code commanded}. */
    void poll(Function<String, String> commanded) {
        ring.read((type, buffer, index, length) -> obey(commanded, type, buffer, index, length), AT_ONCE_MAX);
        long at = ring.consumerPosition();
        long nowNs = nanoTime.getAsLong();
        if (at != stoppedAt || ring.producerPosition() == at) {
            stoppedAt = at;
            stoppedNs = nowNs;
        } else if (nowNs - stoppedNs > WRITING_NS_MAX) {
            // Whoever began to write there died, and would keep out all that come behind. Not sooner: one that is being
            // written would be lost.
            ring.unblock();
        }
    }

    private void obey(Function<String, String> commanded, int type, MutableDirectBuffer buffer, int index, int length) {
        if (type != COMMAND || length < Long.BYTES) {
            return;
        }
        long number = buffer.getLong(index);
        byte[] text = new byte[length - Long.BYTES];
        buffer.getBytes(index + Long.BYTES, text);
        Path answer = answer(file, number);
        try {
            Path half = answer.resolveSibling(answer.getFileName() + ".half");
            Files.writeString(half, commanded.apply(new String(text, StandardCharsets.UTF_8)));
            Files.move(half, answer, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException nobodyHears) {
            System.getLogger("io.ringmain.cli")
                    .log(System.Logger.Level.WARNING, "A command could not be answered. file=" + answer, nobodyHears);
        }
    }
}
