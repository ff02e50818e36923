package io.ringmain.logs.file;

import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * A file in the gzip format, RFC 1952, of any number of members.
 *
 * <p>Not {@link java.util.zip.GZIPInputStream}: that takes a second member which is damaged, and whatever else follows the first, as the
 * end, so lines would be lost without a word; and it forgets what it could read before a fault.
 *
 * <p>Thread: the intake thread. Allocates nothing per read.
 */
final class GzipFile implements ByteInput {

    /** The first bytes of such a file, in the lower half of {@link RawFile#magic}. */
    static final int MAGIC = 0x8b1f;

    private static final int BLOCK_BYTES = 64 << 10;
    private static final int DEFLATE = 8;
    private static final int HAS_HEADER_CRC = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final RawFile raw;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] block = new byte[BLOCK_BYTES];
    private int next;
    private int end;
    private boolean first = true;
    private boolean inMember;
    private @Nullable IOException fault;

    /** Reads {@code raw} from where it stands, and closes it. */
    GzipFile(RawFile raw) {
        this.raw = raw;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (fault != null) {
            throw fault;
        }
        while (true) {
            if (!inMember && !beginMember()) {
                return -1;
            }
            int count = inflate(to, offset, length);
            if (count > 0) {
                crc.update(to, offset, count);
                return count;
            }
            if (fault != null) {
                throw fault;
            }
            if (inflater.finished()) {
                next = end - inflater.getRemaining();
                endMember();
            } else if (inflater.needsDictionary()) {
                throw damaged("it needs a dictionary");
            } else if (inflater.needsInput()) {
                readBlock();
                inflater.setInput(block, next, end - next);
            }
        }
    }

    /** Inflates; returns also what could be inflated before a fault, which is kept for the next call. */
    private int inflate(byte[] to, int offset, int length) {
        long before = inflater.getBytesWritten();
        try {
            return inflater.inflate(to, offset, length);
        } catch (DataFormatException bad) {
            next = end - inflater.getRemaining();
            fault = damaged(String.valueOf(bad.getMessage()));
            return (int) (inflater.getBytesWritten() - before);
        }
    }

    /** Reads a header; returns {@code false} at the end of the file. */
    private boolean beginMember() throws IOException {
        if (!first && !hasNextMember()) {
            return false;
        }
        first = false;
        long start = at();
        if (readByte() != (MAGIC & 0xff) || readByte() != MAGIC >> 8) {
            throw new IOException(raw.path() + ": something else follows the compressed data, at byte " + start
                    + " (expected: gzip, or the end of the file); cut it off");
        }
        int method = readByte();
        int flags = readByte();
        if (method != DEFLATE || (flags & RESERVED) != 0) {
            throw damaged("its header is not one of RFC 1952");
        }
        // Time of the file, compression level, operating system.
        skip(6);
        if ((flags & HAS_EXTRA) != 0) {
            skip(readByte() | readByte() << 8);
        }
        if ((flags & HAS_NAME) != 0) {
            skipText();
        }
        if ((flags & HAS_COMMENT) != 0) {
            skipText();
        }
        if ((flags & HAS_HEADER_CRC) != 0) {
            skip(2);
        }
        inflater.reset();
        inflater.setInput(block, next, end - next);
        crc.reset();
        inMember = true;
        return true;
    }

    /** Whether more follows than the zeros that fill the blocks of a tape. */
    private boolean hasNextMember() throws IOException {
        while (next < end || tryReadBlock()) {
            if (block[next] != 0) {
                return true;
            }
            next++;
        }
        return false;
    }

    private void endMember() throws IOException {
        inMember = false;
        int expectedCrc = readInt();
        int expectedLength = readInt();
        if (expectedCrc != (int) crc.getValue()) {
            throw damaged("the check sum of what was read is wrong");
        }
        if (expectedLength != (int) inflater.getBytesWritten()) {
            throw damaged("the length of what was read is wrong");
        }
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            readByte();
        }
    }

    private void skipText() throws IOException {
        while (readByte() != 0) {
            // Up to the zero at its end.
        }
    }

    private int readInt() throws IOException {
        return readByte() | readByte() << 8 | readByte() << 16 | readByte() << 24;
    }

    private int readByte() throws IOException {
        if (next == end) {
            readBlock();
        }
        return block[next++] & 0xff;
    }

    private void readBlock() throws IOException {
        if (!tryReadBlock()) {
            throw new IOException(raw.path() + ": ends in the middle of its compressed data, at byte " + at()
                    + " (expected: a whole gzip file); get it again");
        }
    }

    private boolean tryReadBlock() throws IOException {
        int count = raw.read(block, 0, block.length);
        next = 0;
        end = Math.max(0, count);
        return count > 0;
    }

    private IOException damaged(String how) {
        return new IOException(raw.path() + ": damaged before byte " + at() + ": " + how
                + " (expected: a whole gzip file); get it again");
    }

    private long at() {
        return raw.offset() - (end - next);
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        raw.close();
    }
}
