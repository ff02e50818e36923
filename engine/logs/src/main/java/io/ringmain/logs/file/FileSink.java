package io.ringmain.logs.file;

import static java.util.Objects.requireNonNull;

import io.ringmain.logs.LogEvent;
import io.ringmain.spi.Batch;
import io.ringmain.spi.Sink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes events to a file, which belongs to this sink alone as long as it is open.
 *
 * <p>Nothing is held back between batches: when {@link #write} returns the operating system has the batch, and {@link #flush} makes it
 * durable. When a batch fails half written, on a full disk for example, the file is cut back to where the batch began, so that the
 * batch may be tried again and no byte is written twice; a pipe or device cannot be cut.
 *
 * <p>Thread: as {@link Sink}. Nothing allocates per event or per batch.
 */
public final class FileSink implements Sink<LogEvent> {

    private final String where;
    private final Path path;
    private final Encoder encoder;
    private final boolean append;
    private final Bytes bytes = new Bytes();
    private Check before = () -> {};
    private @Nullable BlockWriter writer;
    private volatile @Nullable FileChannel channel;
    private boolean regular;
    // What a file has of whole batches, and whether it has more: a batch that failed half written.
    private long settledBytes;
    private boolean torn;

    /**
     * Makes a sink.
     *
     * @param where what messages begin with: the sink as its user wrote it, {@code sinks.errors}
     * @param path the file; made if it is not there, its directory must be
     * @param append whether what the file has stays; otherwise it is emptied by {@link #open}
     */
    public FileSink(String where, Path path, Encoder encoder, boolean append) {
        this.where = requireNonNull(where, "where");
        this.path = requireNonNull(path, "path");
        this.encoder = requireNonNull(encoder, "encoder");
        this.append = append;
    }

    /** What is looked at before a file is opened, and so before it is emptied. */
    @FunctionalInterface
    public interface Check {

        /**
         * Looks; called on the thread that starts the pipeline.
         *
         * @throws IOException if the file must stay as it is
         */
        void run() throws IOException;
    }

    /** Sets what {@link #open} does first. Before the pipeline starts. */
    public void openAfter(Check check) {
        before = requireNonNull(check, "check");
    }

    /** The file, as it was given. */
    public Path path() {
        return path;
    }

    /**
     * Opens the file.
     *
     * @throws IOException if it cannot be written, for a reason that the message says
     */
    @Override
    public void open() throws IOException {
        before.run();
        check();
        boolean exists = Files.exists(path);
        regular = !exists || Files.isRegularFile(path);
        Set<OpenOption> options = regular && append
                ? Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)
                : Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try {
            FileChannel opened = FileChannel.open(path, options);
            channel = opened;
            writer = new BlockWriter();
            if (regular) {
                endLastLine(opened);
                settledBytes = opened.size();
                opened.position(settledBytes);
            }
        } catch (IOException failure) {
            close();
            throw problem("cannot be opened: " + reason(failure), "a file that can be written", failure);
        }
    }

    private void check() throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (Files.isDirectory(path)) {
            throw problem("a directory", "a file; name one in it", null);
        }
        if (directory != null && !Files.isDirectory(directory)) {
            throw problem("no directory " + path.getParent(), "a file in a directory that exists; make it", null);
        }
    }

    /** Java's own message of a file that cannot be opened is often only its name. */
    private static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "no permission to write";
        }
        return failure instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : String.valueOf(failure.getMessage());
    }

    private IOException problem(String actual, String expected, @Nullable Exception cause) {
        return new IOException(where + ".path: " + path + ": " + actual + " (expected: " + expected + ")", cause);
    }

    /** A file whose last line was cut, by a crash for example, gets its line end: the next line is a line of its own. */
    private static void endLastLine(FileChannel file) throws IOException {
        long size = file.size();
        ByteBuffer last = ByteBuffer.allocate(1);
        if (size > 0 && file.read(last, size - 1) == 1 && last.get(0) != '\n') {
            file.write(ByteBuffer.wrap(new byte[] {'\n'}), size);
        }
    }

    @Override
    public void write(Batch<LogEvent> batch) throws IOException {
        FileChannel to = requireNonNull(channel, "open first");
        BlockWriter out = requireNonNull(writer, "open first");
        try {
            cutBack(to);
            torn = true;
            for (int i = 0; i < batch.size(); i++) {
                encoder.encode(batch.event(i), bytes);
                if (bytes.length() >= BlockWriter.BLOCK_BYTES) {
                    out.write(bytes, to);
                }
            }
            out.write(bytes, to);
            settledBytes = regular ? to.position() : 0;
            torn = false;
        } catch (IOException failure) {
            IOException problem = problem("cannot be written: " + failure.getMessage(), "room for it", failure);
            try {
                cutBack(to);
            } catch (IOException again) {
                // The next write tries once more, before it writes anything.
                problem.addSuppressed(again);
            }
            throw problem;
        }
    }

    /** Takes back what a batch that failed has left. */
    private void cutBack(FileChannel file) throws IOException {
        bytes.clear();
        if (torn && regular) {
            file.truncate(settledBytes);
            file.position(settledBytes);
        }
        torn = false;
    }

    @Override
    public void flush() throws IOException {
        FileChannel file = channel;
        if (file != null && regular) {
            try {
                cutBack(file);
                file.force(false);
            } catch (IOException failure) {
                throw problem("cannot be made durable: " + failure.getMessage(), "a sound disk", failure);
            }
        }
    }

    @Override
    public void close() throws IOException {
        FileChannel file = channel;
        if (file != null) {
            file.close();
        }
    }

    /** Closes the file, which ends a write that hangs. */
    @Override
    public void abort() {
        FileChannel file = channel;
        if (file != null) {
            try {
                file.close();
            } catch (IOException failure) {
                // What could be said of it, the call that is ended by this says.
                return;
            }
        }
    }
}
