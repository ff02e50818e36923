package io.ringmain.internal.edge;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;

/**
 * The bytes of a record on their way to the file or back, in memory that is used again and again.
 *
 * <p>Thread: one at a time.
 */
final class SpillRecord extends ByteArrayOutputStream {

    private final Bytes bytes = new Bytes();
    private final DataInputStream in = new DataInputStream(bytes);

    private static final class Bytes extends ByteArrayInputStream {

        Bytes() {
            super(new byte[0]);
        }

        void wrap(byte[] array, int length) {
            buf = array;
            pos = 0;
            mark = 0;
            count = length;
        }
    }

    /** The bytes, of which {@link #size} count; until the next call that changes the record. */
    byte[] array() {
        return buf;
    }

    /** Makes the record {@code length} bytes long; what they are is up to the caller. */
    void resize(int length) {
        if (buf.length < length) {
            buf = new byte[length];
        }
        count = length;
    }

    /** Reads the record from its beginning. */
    DataInputStream input() {
        bytes.wrap(buf, count);
        return in;
    }
}
