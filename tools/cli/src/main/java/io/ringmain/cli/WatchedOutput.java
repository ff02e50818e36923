package io.ringmain.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An output that remembers its first failure and tells somebody of it. Thread: any one at a time. */
final class WatchedOutput extends OutputStream {

    private final OutputStream out;
    private volatile @Nullable String problem;
    private volatile boolean readerGone;
    private volatile Runnable onFailure = () -> {};

    WatchedOutput(OutputStream out) {
        this.out = out;
    }

    /** Sets what is done, on the writing thread, at the first failure. */
    void onFailure(Runnable action) {
        onFailure = action;
    }

    /** What has failed, in a sentence. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Whether what has failed is that nobody reads any more. */
    boolean isReaderGone() {
        return readerGone;
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private IOException failed(IOException failure) {
        if (problem == null) {
            readerGone = Failures.isReaderGone(failure);
            problem = "standard output: " + Failures.reason(failure)
                    + " (expected: room, and a reader to the end); its result is lost";
            onFailure.run();
        }
        return failure;
    }
}
