package io.ringmain.logs.file;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;

/**
 * Standard output, or a stream in its place, as the sinks use it. The stream is not theirs, so it stays open, except after an abort: only
 * closing makes a blocked write return.
 *
 * <p>Thread: the sink's lane; {@link #abort} from any.
 */
final class Console {

    private final String where;
    private final OutputStream out;
    // For a file stream this is its own channel, whose blocked write ends when it is closed.
    private final WritableByteChannel channel;
    private final BlockWriter writer = new BlockWriter();

    Console(String where, OutputStream out) {
        this.where = requireNonNull(where, "where");
        this.out = requireNonNull(out, "out");
        channel = Channels.newChannel(out);
    }

    /** Writes all of {@code bytes} and empties them. */
    void write(Bytes bytes) throws IOException {
        try {
            writer.write(bytes, channel);
        } catch (IOException failure) {
            throw problem(failure);
        } finally {
            // A batch that is tried again is encoded again.
            bytes.clear();
        }
    }

    void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException failure) {
            throw problem(failure);
        }
    }

    private IOException problem(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        boolean left = message.contains("Broken pipe") || failure instanceof ClosedChannelException;
        return left
                ? new OutputClosedException(where, failure)
                : new IOException(
                        where + ": standard output: cannot be written: " + message + " (expected: room for it)",
                        failure);
    }

    void abort() {
        try {
            channel.close();
        } catch (IOException failure) {
            // What could be said of it, the call that is ended by this says.
            return;
        }
    }
}
