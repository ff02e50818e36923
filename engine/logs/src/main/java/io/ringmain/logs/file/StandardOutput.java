package io.ringmain.logs.file;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Standard output, or a stream in its place, shared by all that write to it. What one of them writes in one call is not mixed with what
 * others write. The stream is not theirs, so {@link #close} leaves it open; only an {@link #abort} closes it, because nothing else makes a
 * blocked write return.
 *
 * <p>Thread: any; who writes may wait for the reader, or for another one who does. The sinks' writing never allocates.
 */
public final class StandardOutput extends OutputStream {

    private final Object lock = new Object();
    private final OutputStream out;
    private final boolean isPipe;
    // For a file stream this is its own channel, whose blocked write ends when it is closed.
    private final WritableByteChannel channel;
    private final BlockWriter writer = new BlockWriter();
    private volatile @Nullable IOException failure;
    private volatile boolean readerGone;
    private volatile boolean aborted;
    private volatile Runnable onFailure = () -> {};

    /**
     * Makes an output of a stream, which is used by no other.
     *
     * @param out one that says what fails, such as a file stream and unlike a print stream; a blocked write to it ends by {@link #abort} if it
     *     is a {@link java.io.FileOutputStream}
     * @param isPipe whether it goes to another program: whatever fails then is that program's end, in whatever language the system says
     *     so
     */
    public StandardOutput(OutputStream out, boolean isPipe) {
        this.out = requireNonNull(out, "out");
        this.isPipe = isPipe;
        channel = Channels.newChannel(out);
    }

    /** Sets what is done, on the writing thread, at the first failure. */
    public void onFailure(Runnable action) {
        onFailure = requireNonNull(action, "action");
    }

    /** What failed first; an abort is no failure. */
    public Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Whether what has failed is that nobody reads any more. */
    public boolean isReaderGone() {
        return readerGone;
    }

    /** Whether it has been closed by {@link #abort}. */
    public boolean isAborted() {
        return aborted;
    }

    /** Writes all of {@code bytes}, whole lines, and empties them, also if that fails. */
    void write(Bytes bytes) throws IOException {
        try {
            synchronized (lock) {
                writer.write(bytes, channel);
            }
        } catch (IOException problem) {
            throw failed(problem);
        } finally {
            // A batch that is tried again is encoded again.
            bytes.clear();
        }
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
        try {
            synchronized (lock) {
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
            }
        } catch (IOException problem) {
            throw failed(problem);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException problem) {
            throw failed(problem);
        }
    }

    private IOException failed(IOException problem) {
        if (failure == null && !aborted) {
            // The text is what remains where nobody can tell what the stream is.
            readerGone = isPipe || String.valueOf(problem.getMessage()).contains("Broken pipe");
            failure = problem;
            onFailure.run();
        }
        return problem;
    }

    /** Closes the stream, which ends a write that nobody reads; whoever writes from now on fails. Any thread. */
    public void abort() {
        aborted = true;
        try {
            channel.close();
        } catch (IOException problem) {
            // What could be said of it, the call that is ended by this says.
            return;
        }
    }
}
