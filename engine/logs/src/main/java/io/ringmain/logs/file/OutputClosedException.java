package io.ringmain.logs.file;

import java.io.IOException;
import java.io.Serial;

/** Standard output is a pipe, and the program that read it has ended: nobody wants the rest. */
public final class OutputClosedException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    OutputClosedException(String where, IOException cause) {
        super(where + ": standard output: closed by its reader (expected: one that reads to the end)", cause);
    }
}
