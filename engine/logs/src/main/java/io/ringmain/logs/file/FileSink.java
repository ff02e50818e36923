package io.ringmain.logs.file;

import static java.util.Objects.requireNonNull;

import io.ringmain.logs.LogEvent;
import io.ringmain.spi.Batch;
import io.ringmain.spi.FailureKind;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Stateful;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes events to a file, which belongs to this sink alone as long as it is open.
 *
 * <p>Nothing is held back between batches: when {@link #write} returns the operating system has the batch, and {@link #flush} makes it
 * durable. When a batch fails half written, on a full disk for example, the file is cut back to where the batch began, so that the
 * batch may be tried again and no byte is written twice; a pipe or device cannot be cut. A file on a full disk is waited for, see
 * {@link #kindOf}.
 *
 * <p>How much of the file is durable can be saved, and a later sink of the same file cuts back what came after that and writes on.
 *
 * <p>Thread: as {@link Sink}. Nothing allocates per event or per batch.
 */
public final class FileSink implements Sink<LogEvent>, Stateful {

    private static final int SAVED_FORMAT = 1;

    private final String where;
    private final Path path;
    private final Encoder encoder;
    private final boolean append;
    private final Bytes bytes = new Bytes();
    private Check before = () -> {};
    private Opening opening = FileChannel::open;
    private @Nullable BlockWriter writer;
    private volatile @Nullable FileChannel channel;
    private boolean regular;
    // What a file has of whole batches, and whether it has more: a batch that failed half written.
    private long settledBytes;
    private boolean torn;
    private boolean undurable;
    // What an earlier sink has made durable, from where this one goes on.
    private @Nullable FileProof loaded;

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

    /** How the file is opened to be written. */
    @FunctionalInterface
    interface Opening {
        FileChannel open(Path path, Set<OpenOption> options) throws IOException;
    }

    /** Sets how the file is opened: for a disk that is fuller than the one at hand. Before the pipeline starts. */
    void openBy(Opening opening) {
        this.opening = opening;
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
     * Opens the file; after {@link #load} cuts it back to what was saved.
     *
     * @throws IOException if it cannot be written, or no longer has what was saved, for a reason that the message says
     */
    @Override
    public void open() throws IOException {
        before.run();
        check();
        boolean exists = Files.exists(path);
        regular = !exists || Files.isRegularFile(path);
        FileProof from = regular ? loaded : null;
        if (from != null) {
            checkUnchanged(from);
        }
        try {
            FileChannel opened = opening.open(path, options(append || from != null));
            channel = opened;
            writer = new BlockWriter();
            if (regular) {
                if (from != null) {
                    opened.truncate(from.bytes());
                }
                endLastLine(opened);
                settledBytes = opened.size();
                opened.position(settledBytes);
            }
            if (!exists) {
                makeNameDurable();
            }
        } catch (IOException failure) {
            close();
            throw problem("cannot be opened: " + FailureKind.words(failure), "a file that can be written", failure);
        }
    }

    private Set<OpenOption> options(boolean keeps) {
        if (!regular) {
            return Set.of(StandardOpenOption.WRITE);
        }
        Set<OpenOption> options =
                new HashSet<>(Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
        if (!keeps) {
            options.add(StandardOpenOption.TRUNCATE_EXISTING);
        }
        return options;
    }

    /** Refuses to cut a file that is not the one that was written. */
    private void checkUnchanged(FileProof from) throws IOException {
        boolean exists = Files.exists(path);
        if (!exists && from.bytes() == 0) {
            // Nothing was in it that could be missing.
            return;
        }
        String expected =
                "what was written before, " + from.bytes() + " bytes; put it back, or start without the saved state";
        if (!exists) {
            throw problem("no such file", expected, null);
        }
        long size = Files.size(path);
        if (size < from.bytes()) {
            throw problem(size + " bytes", expected, null);
        }
        boolean holds;
        try (FileChannel written = FileChannel.open(path)) {
            holds = from.holds(written);
        } catch (IOException failure) {
            throw problem(
                    "cannot be read: " + FailureKind.words(failure), "a file that can be read and written", failure);
        }
        if (!holds) {
            throw problem("another content", expected, null);
        }
    }

    /** A file is there after a power cut only if its directory was made durable too. */
    private void makeNameDurable() {
        Path directory = path.toAbsolutePath().getParent();
        if (directory == null) {
            return;
        }
        try (FileChannel names = FileChannel.open(directory)) {
            names.force(true);
        } catch (IOException elsewhere) {
            // Not all systems let a program do that; those keep names otherwise.
            return;
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
                file.force(true);
            } catch (IOException failure) {
                undurable = true;
                throw problem("cannot be made durable: " + failure.getMessage(), "a sound disk", failure);
            }
        }
    }

    /**
     * A full disk is a want of room for a file, which can be cut back: no byte is written twice, however often the batch is tried. A pipe or
     * device cannot, so there it is a failure like others. What could not be made durable may be lost though the next attempt succeeds,
     * as the system may have forgotten what it could not write; so nothing may follow.
     */
    @Override
    public FailureKind kindOf(Exception failure) {
        if (undurable) {
            return FailureKind.FATAL;
        }
        if (!regular) {
            return FailureKind.TRANSIENT;
        }
        FailureKind kind = FailureKind.of(failure);
        return kind == FailureKind.TRANSIENT && failure instanceof IOException && isDiskFull()
                ? FailureKind.NO_ROOM
                : kind;
    }

    /** Asks the disk, for the system may have said so in another language. */
    private boolean isDiskFull() {
        try {
            return Files.getFileStore(path).getUsableSpace() < BlockWriter.BLOCK_BYTES;
        } catch (IOException unknown) {
            return false;
        }
    }

    /**
     * Writes how much of the file is durable: all that was written. On the sink's lane, right after {@link #flush}; a pipe or device has
     * nothing that could be said of it.
     */
    @Override
    public void save(DataOutput out) throws IOException {
        FileChannel file = requireNonNull(channel, "open first");
        out.writeInt(SAVED_FORMAT);
        out.writeBoolean(regular);
        if (!regular) {
            return;
        }
        FileProof proof;
        try {
            proof = FileProof.of(settledBytes, file);
        } catch (IOException failure) {
            throw problem("cannot be read: " + failure.getMessage(), "a sound disk", failure);
        }
        proof.write(out);
    }

    /**
     * Lets {@link #open} cut the file back to what was saved, and go on behind that. Before it.
     *
     * @throws IOException if that cannot be read, or is from another version
     */
    @Override
    public void load(DataInput in) throws IOException {
        int format = in.readInt();
        if (format != SAVED_FORMAT) {
            throw new IOException(where + ": saved mark of format " + format + " (expected: " + SAVED_FORMAT
                    + "); it was saved by another version");
        }
        loaded = in.readBoolean() ? FileProof.read(in) : null;
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
