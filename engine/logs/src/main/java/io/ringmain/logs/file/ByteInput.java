package io.ringmain.logs.file;

import java.io.Closeable;
import java.io.IOException;

/**
 * The bytes of one file, decompressed.
 *
 * <p>Thread: the intake thread. Errors: a message that names the file, the offset in it, and what was expected.
 */
interface ByteInput extends Closeable {

    /** Reads at most {@code length} bytes, at least 1; -1 at the end. What can be read before a fault is read before it is thrown. */
    int read(byte[] to, int offset, int length) throws IOException;
}
