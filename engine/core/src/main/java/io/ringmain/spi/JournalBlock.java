package io.ringmain.spi;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;

/**
 * Reads the blocks of a {@link Journal}, one after the other: each is a number of slots of the first ring, as they entered it.
 *
 * <pre>
 *   0        1          9           17
 *   +--------+----------+-----------+---------+---------+----
 *   | format | sequence | time of   | entry   | entry   | …
 *   |        | of first | entry, ns |         |         |
 *   +--------+----------+-----------+---------+---------+----
 * </pre>
 *
 * Whether the bytes are those that were appended is the journal's matter. An entry begins with its kind and flags, see the constants; then come, as far as the flags say, the
 * source, the position and the time, as {@linkplain ByteOutput#writeVarLong short numbers}, the latter two as the difference to the entry before; then, of an event, its length in
 * four bytes and what {@link Portable#write} wrote. An entry of the kind {@link #NAME} is no slot: it has the name of a source that comes for the first time.
 *
 * <p>Thread: one at a time. Allocates nothing once it has read the largest block.
 */
public final class JournalBlock {

    /** How many bytes of slots a block has, unless one event is larger: {@value}. */
    public static final int BYTES_MAX = 64 * 1024;

    /** The number of this format. */
    public static final int FORMAT = 1;

    /** Kind: an event. */
    public static final int DATA = 0;
    /** Kind: nothing more comes of a source; the position is its number. */
    public static final int WATERMARK = 1;
    /** Kind: a checkpoint passes; the position is its number. */
    public static final int BARRIER = 2;
    /** Kind: processing time passes; the position is that time, in nanoseconds since the epoch. */
    public static final int TICK = 3;
    /** Kind: the end of input. */
    public static final int END = 4;
    /** Kind: nothing; a publisher had claimed the slot and put nothing in. */
    public static final int PADDING = 5;
    /** Kind: a partition has another number of lanes from here on; the position is which, in the upper half, and how many. */
    public static final int REPARTITION = 6;
    /** Kind: no slot, but the name of a source. */
    public static final int NAME = 7;

    /** The bits of an entry's first byte that are its kind. */
    public static final int KIND_MASK = 0b111;
    /** Flag: the event was a dead letter and goes on where it had failed; the number of that place, and the format of the event, follow the time. */
    public static final int RESUMED = 1 << 3;
    /** Flag: of the same source as the entry before; else its number follows. */
    public static final int SAME_SOURCE = 1 << 4;
    /** Flag: the position is one higher than that of the entry before; else the difference follows. */
    public static final int NEXT_POSITION = 1 << 5;
    /** Flag: the time is that of the entry before; else the difference follows. */
    public static final int SAME_TIME = 1 << 6;

    /** Where the entries begin. */
    public static final int HEAD_BYTES = 17;

    private final Bytes in = new Bytes();
    private final DataInputStream data = new DataInputStream(in);
    private long nextSequence;
    private long sequence;
    private int kind;
    private int source;
    private long position;
    private long ingressNs;
    private int resumesAt;
    private int resumedFormat;
    private String name = "";
    private int eventAt;
    private int eventBytes;

    /** Makes a reader that has no block yet. */
    public JournalBlock() {
        in.limit(0, 0);
    }

    private static final class Bytes extends ByteArrayInputStream {

        Bytes() {
            super(new byte[HEAD_BYTES]);
        }

        byte[] room(int length) {
            if (buf.length < length) {
                buf = new byte[length];
            }
            return buf;
        }

        byte[] array() {
            return buf;
        }

        int at() {
            return pos;
        }

        int end() {
            return count;
        }

        void limit(int from, int to) {
            pos = from;
            count = to;
        }
    }

    /** Returns memory for {@code length} bytes, from 0, of the next block; what the last one was is lost. */
    public byte[] room(int length) {
        in.limit(0, 0);
        return in.room(length);
    }

    /**
     * Takes the first {@code length} bytes of the {@link #room} as the next block.
     *
     * @throws IOException if they are not of this format; it has no entries then
     */
    public void begin(int length) throws IOException {
        byte[] bytes = in.array();
        in.limit(0, 0);
        if (length < HEAD_BYTES || length > bytes.length) {
            throw new IOException("a block of " + length + " bytes (expected: >= " + HEAD_BYTES + ')');
        }
        in.limit(0, length);
        int format = data.readByte();
        if (format != FORMAT) {
            in.limit(0, 0);
            throw new IOException(
                    "a block of format " + format + " (expected: " + FORMAT + "); it was written by another version");
        }
        nextSequence = data.readLong();
        ingressNs = data.readLong();
        source = 0;
        position = -1;
    }

    /** Moves to the next entry; returns {@code false}, and stays, if there is none in this block. */
    public boolean next() throws IOException {
        if (in.available() == 0) {
            return false;
        }
        int first = data.readByte();
        kind = first & KIND_MASK;
        if (kind == NAME) {
            source = (int) readVarLong();
            name = data.readUTF();
            return true;
        }
        sequence = nextSequence;
        nextSequence++;
        if ((first & SAME_SOURCE) == 0) {
            source = (int) readVarLong();
        }
        position += (first & NEXT_POSITION) == 0 ? signed(readVarLong()) : 1;
        ingressNs += (first & SAME_TIME) == 0 ? signed(readVarLong()) : 0;
        boolean resumed = (first & RESUMED) != 0;
        resumesAt = resumed ? (int) readVarLong() : -1;
        resumedFormat = resumed ? (int) readVarLong() : 0;
        if (kind == DATA) {
            eventBytes = data.readInt();
            eventAt = in.at();
            if (eventBytes < 0 || eventBytes > in.end() - eventAt) {
                throw new EOFException("an event of " + eventBytes + " bytes at sequence " + sequence
                        + " (expected: <= " + (in.end() - eventAt) + ", the rest of the block)");
            }
            in.limit(eventAt + eventBytes, in.end());
        } else {
            eventBytes = 0;
        }
        return true;
    }

    private long readVarLong() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = data.readByte();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("a number of more than 10 bytes (expected: <= 10)");
    }

    /** Makes a small number of one that is near 0 on either side. */
    public static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    private static long signed(long zigzag) {
        return zigzag >>> 1 ^ -(zigzag & 1);
    }

    /** What the entry is; one of the constants. */
    public int kind() {
        return kind;
    }

    /** The number of the slot, from 0 in each run. */
    public long sequence() {
        return sequence;
    }

    /** The sequence of the slot that comes next, here or in the next block. */
    public long nextSequence() {
        return nextSequence;
    }

    /** The number of the source of an event, or the one that has the {@link #name}. */
    public int source() {
        return source;
    }

    /** The name of the source, of an entry of the kind {@link #NAME}. */
    public String name() {
        return name;
    }

    /** The position of an event in its source, or the value of a control event. */
    public long position() {
        return position;
    }

    /** When the slot entered the ring, on the pipeline's nanosecond clock. */
    public long ingressNs() {
        return ingressNs;
    }

    /** The number of the place at which an event goes on that was a dead letter; -1 if it was none. It is the same in pipelines of the same description. */
    public int resumesAt() {
        return resumesAt;
    }

    /** The format of an event that was a dead letter: it may be one of a later segment. */
    public int resumedFormat() {
        return resumedFormat;
    }

    /** How many bytes the event takes. */
    public int eventBytes() {
        return eventBytes;
    }

    /** Fills {@code event}, which is clear, from the entry, an event that {@code type} wrote in {@code format}. */
    public <E> void read(Portable<E> type, int format, E event) throws IOException {
        requireNonNull(type, "type");
        int behind = in.at();
        int end = in.end();
        in.limit(eventAt, eventAt + eventBytes);
        try {
            type.read(event, data, format);
        } finally {
            in.limit(behind, end);
        }
    }
}
