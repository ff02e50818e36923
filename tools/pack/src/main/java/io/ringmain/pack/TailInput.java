package io.ringmain.pack;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A stream without its last bytes, which are known as such only when it has ended.
 *
 * <p>Thread: one.
 */
final class TailInput extends InputStream {

    private static final int BUFFER_BYTES = 64 << 10;

    private final InputStream in;
    private final int tailBytes;
    private final CRC32C crc = new CRC32C();
    private final byte[] single = new byte[1];
    private final byte[] buffer;
    private int from;
    private int to;
    private boolean hasEnded;
    private boolean isGivenOut;

    /** Makes one that keeps back {@code tailBytes}; {@code begun} has been read from {@code in} and comes first. */
    TailInput(byte[] begun, InputStream in, int tailBytes) {
        this.in = in;
        this.tailBytes = tailBytes;
        buffer = new byte[Math.max(begun.length, tailBytes) + BUFFER_BYTES];
        System.arraycopy(begun, 0, buffer, 0, begun.length);
        to = begun.length;
    }

    /** The bytes kept back, fewer if the stream had not as many; when it has ended. */
    byte[] tail() throws IOException {
        while (!hasEnded) {
            fill();
        }
        return Arrays.copyOfRange(buffer, Math.max(from, to - tailBytes), to);
    }

    /** Gives out what was kept back too. */
    void giveOut() {
        isGivenOut = true;
    }

    /** The CRC-32C of what was read. */
    int crc() {
        return (int) crc.getValue();
    }

    /** Whether all before the tail was read. */
    boolean isAtTail() throws IOException {
        return room() == 0;
    }

    @Override
    public int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = Math.min(length, room());
        if (count == 0) {
            return length == 0 ? 0 : -1;
        }
        System.arraycopy(buffer, from, target, offset, count);
        crc.update(buffer, from, count);
        from += count;
        return count;
    }

    /** How much can be read now; 0 at the end only. */
    private int room() throws IOException {
        int kept = isGivenOut ? 0 : tailBytes;
        while (!hasEnded && to - from <= kept) {
            fill();
        }
        return Math.max(0, to - from - kept);
    }

    private void fill() throws IOException {
        if (to == buffer.length) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        int count = in.read(buffer, to, buffer.length - to);
        if (count < 0) {
            hasEnded = true;
        } else {
            to += count;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
