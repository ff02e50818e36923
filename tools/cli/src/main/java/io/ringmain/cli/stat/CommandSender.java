package io.ringmain.cli.stat;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

/**
 * Asks something of a run in another process, and waits for the answer.
 *
 * <p>Thread: any, each call for itself.
 */
public final class CommandSender {

    private static final long LOOK_NS = 5_000_000;

    private final RunDirectory runs;

    /** Sends to runs of {@code runs}. */
    public CommandSender(RunDirectory runs) {
        this.runs = runs;
    }

    /**
     * Sends {@code command} to the run of the process {@code pid}, and returns what it answers within {@code patience}.
     *
     * @throws IOException if there is no such run, it has no room for the command, or it does not answer in time; then it may still do it
     */
    public String ask(long pid, String command, Duration patience) throws IOException {
        Path file = runs.file(pid);
        // Also checks that it is a file of this version.
        long heartbeatMs;
        try (RunView view = RunView.open(file)) {
            heartbeatMs = view.heartbeatMs();
        } catch (NoSuchFileException none) {
            throw new IOException(
                    "no run with PID " + pid + " takes commands (expected: a living one of this user)", none);
        }
        long number = ThreadLocalRandom.current().nextLong();
        send(file, number, command);
        return answer(pid, CommandInbox.answer(file, number), heartbeatMs, patience);
    }

    private static void send(Path file, long number, String command) throws IOException {
        byte[] text = command.getBytes(StandardCharsets.UTF_8);
        UnsafeBuffer message = new UnsafeBuffer(new byte[Long.BYTES + text.length]);
        message.putLong(0, number);
        message.putBytes(Long.BYTES, text);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer mapped = channel.map(MapMode.READ_WRITE, 0, CountersLayout.FILE_BYTES);
            try {
                var ring = new ManyToOneRingBuffer(
                        new UnsafeBuffer(mapped, CountersLayout.COMMANDS_OFFSET, CountersLayout.COMMANDS_BYTES));
                if (message.capacity() > ring.maxMsgLength()) {
                    throw new IOException(
                            "a command of " + text.length + " bytes (expected: <= " + (ring.maxMsgLength() - Long.BYTES)
                                    + "); name fewer letters, or choose them by a condition");
                }
                if (!ring.write(CommandInbox.COMMAND, message, 0, message.capacity())) {
                    throw new IOException(
                            file + ": no room for another command (expected: a run that takes them);" + " try again");
                }
            } finally {
                IoUtil.unmap(mapped);
            }
        }
    }

    private static String answer(long pid, Path answer, long heartbeatMs, Duration patience) throws IOException {
        long looks = Math.max(1, patience.toNanos() / LOOK_NS);
        for (long i = 0; i < looks; i++) {
            if (Files.exists(answer)) {
                String text = Files.readString(answer);
                Files.delete(answer);
                return text;
            }
            if (!RunDirectory.isAlive(pid, heartbeatMs)) {
                throw new IOException("the run with PID " + pid + " has ended (expected: an answer); look again");
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        throw new IOException("the run with PID " + pid + " has not answered within " + patience.toSeconds()
                + " s (expected: an answer at once); it may still do it");
    }
}
