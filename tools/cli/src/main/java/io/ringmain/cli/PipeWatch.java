package io.ringmain.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** An output that remembers that its reader has gone, which a print stream does not. Thread: any one at a time. */
final class PipeWatch extends FilterOutputStream {

    private volatile boolean readerGone;

    PipeWatch(OutputStream out) {
        super(out);
    }

    boolean isReaderGone() {
        return readerGone;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException failure) {
            readerGone |= Failures.isReaderGone(failure);
            throw failure;
        }
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }
}
