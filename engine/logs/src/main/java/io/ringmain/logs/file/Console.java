package io.ringmain.logs.file;

import static java.util.Objects.requireNonNull;

import java.io.IOException;

/** Standard output as one sink uses it: with the sink's name in what fails. Thread: the sink's lane; {@link #abort} from any. */
final class Console {

    private final String where;
    private final StandardOutput out;

    Console(String where, StandardOutput out) {
        this.where = requireNonNull(where, "where");
        this.out = requireNonNull(out, "out");
    }

    /** Writes all of {@code bytes}, whole lines, and empties them. */
    void write(Bytes bytes) throws IOException {
        try {
            out.write(bytes);
        } catch (IOException failure) {
            throw problem(failure);
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
        return out.isReaderGone()
                ? new OutputClosedException(where, failure)
                : new IOException(
                        where + ": standard output: cannot be written: " + failure.getMessage()
                                + " (expected: room for it)",
                        failure);
    }

    void abort() {
        out.abort();
    }
}
