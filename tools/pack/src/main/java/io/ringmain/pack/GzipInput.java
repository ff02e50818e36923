package io.ringmain.pack;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads members of gzip to the end of the stream. The JDK's own reader asks {@code available} whether there is another member, and overlooks it where that is 0,
 * as with a cipher before it; what is not a member it leaves out in silence.
 *
 * <p>Thread: one.
 */
final class GzipInput extends InputStream {

    private static final int HAS_HEADER_CRC = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final CRC32 headerCrc = new CRC32();
    private final byte[] packed = new byte[64 << 10];
    private final byte[] single = new byte[1];
    private int position;
    private int limit;
    private boolean isInMember;

    GzipInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            if (!isInMember && !begin()) {
                return -1;
            }
            int count = inflate(to, offset, length);
            if (inflater.finished()) {
                end(inflater.getBytesWritten());
            }
            if (count > 0) {
                return count;
            }
        }
    }

    private int inflate(byte[] to, int offset, int length) throws IOException {
        if (inflater.needsInput()) {
            if (position == limit && !fill()) {
                throw new EOFException("ends within a member");
            }
            inflater.setInput(packed, position, limit - position);
        }
        int count;
        try {
            count = inflater.inflate(to, offset, length);
        } catch (DataFormatException damage) {
            throw new IOException(damage.getMessage() == null ? "invalid deflate data" : damage.getMessage(), damage);
        }
        if (inflater.needsDictionary()) {
            throw new IOException("needs a dictionary, which gzip does not have");
        }
        position = limit - inflater.getRemaining();
        crc.update(to, offset, count);
        return count;
    }

    private boolean begin() throws IOException {
        if (position == limit && !fill()) {
            return false;
        }
        headerCrc.reset();
        if (next() != 0x1f || next() != 0x8b || next() != 8) {
            throw new IOException("has something in it that is no member of gzip");
        }
        int flags = next();
        if ((flags & 0xe0) != 0) {
            throw new IOException("has a member with flags that gzip does not know");
        }
        skip(6);
        if ((flags & HAS_EXTRA) != 0) {
            int low = next();
            skip(low | (next() << 8));
        }
        if ((flags & HAS_NAME) != 0) {
            skipText();
        }
        if ((flags & HAS_COMMENT) != 0) {
            skipText();
        }
        if ((flags & HAS_HEADER_CRC) != 0) {
            int expected = (int) headerCrc.getValue() & 0xffff;
            int low = next();
            if ((low | (next() << 8)) != expected) {
                throw new IOException("has a member whose header does not match its checksum");
            }
        }
        inflater.reset();
        crc.reset();
        isInMember = true;
        return true;
    }

    private void end(long written) throws IOException {
        isInMember = false;
        if (nextInt() != (int) crc.getValue()) {
            throw new IOException("has a member whose content does not match its checksum");
        }
        if (nextInt() != (int) written) {
            throw new IOException("has a member whose content does not have its length");
        }
    }

    private int nextInt() throws IOException {
        return next() | (next() << 8) | (next() << 16) | (next() << 24);
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    private void skipText() throws IOException {
        int one;
        do {
            // The name or the comment is of no use here.
            one = next();
        } while (one != 0);
    }

    private int next() throws IOException {
        if (position == limit && !fill()) {
            throw new EOFException("ends within a member");
        }
        int one = packed[position++] & 0xff;
        headerCrc.update(one);
        return one;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(packed, 0, packed.length));
        return limit > 0;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
