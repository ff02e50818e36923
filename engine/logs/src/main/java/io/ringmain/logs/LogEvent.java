package io.ringmain.logs;

import io.ringmain.spi.Portable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One line of a log and what is known about it, made to be filled again and again.
 *
 * <pre>
 *   bytes()   ……│ line                                  │……     a slab of the source, or the event's own copy
 *                    │field│      │field│   │ message  │
 *   spare()   │decoded text│made text│                          the event's own, for what does not stand in the line
 * </pre>
 *
 * The line is either wrapped, that is, it stays in the slab that its source has read it into, or the event owns a copy of it. Text
 * fields are spans of the line, so a parser copies nothing; text that is not in the line as such (an escape was resolved, an
 * expression made it) is in the spare bytes; what all events share is a {@link Text}. Strings are made only where somebody asks
 * for one. All offsets are indexes of {@link #bytes} or {@link #spare}, not of the line.
 *
 * <p>Thread and ownership: as the slot it lies in. A wrapped line is valid as long as the slot is not given back; {@link #TYPE}
 * copies it, so that copies own their lines. Nothing allocates once the event has held its longest line and its most fields,
 * except the methods that return a {@link String}.
 */
public final class LogEvent {

    /**
     * How log events are made, cleared, copied and written. What is written names fields by their numbers, so only who has the same
     * {@link Keys} can read it: it is for files that live as long as their pipeline.
     */
    public static final Portable<LogEvent> TYPE = new Type();

    /** The longest line, in bytes: {@value}. */
    public static final int LINE_BYTES_MAX = 1 << 20;

    /** The most spare bytes of an event: {@value}. */
    public static final int SPARE_BYTES_MAX = 1 << 20;

    /** The time of an event that has none: {@value}. */
    public static final long NO_TIME = Long.MIN_VALUE;

    private static final int BYTES_MIN = 256;
    private static final byte[] NOTHING = {};
    // By rank, which is their order.
    private static final Level[] LEVELS = Level.values();

    private byte[] bytes = NOTHING;
    private byte[] own = NOTHING;
    private byte[] spare = NOTHING;
    private int lineOffset;
    private int lineLength;
    private int spareLength;
    private int bytesCut;
    private long timeNs = NO_TIME;
    private @Nullable Level level;
    private final Fields fields = new Fields();

    /** How many own bytes of each kind an event keeps once it has left the ring. */
    private static final int KEPT_BYTES_MAX = 2048;

    /** About what an event takes beside its bytes and fields. */
    private static final int FIXED_BYTES = 128;

    private static final class Type implements Portable<LogEvent> {

        @Override
        public LogEvent create() {
            return new LogEvent();
        }

        @Override
        public void clear(LogEvent event) {
            event.clear();
        }

        @Override
        public void copy(LogEvent from, LogEvent to) {
            LogEvent.copy(from, to);
        }

        @Override
        public int format() {
            return 1;
        }

        @Override
        public void write(LogEvent event, DataOutput out) throws IOException {
            event.write(out);
        }

        @Override
        public void read(LogEvent event, DataInput in, int format) throws IOException {
            event.read(in);
        }

        @Override
        public boolean releases() {
            return true;
        }

        @Override
        public void release(LogEvent event) {
            event.release();
        }

        @Override
        public long bytes(LogEvent event) {
            return FIXED_BYTES + event.own.length + event.spare.length + event.fields.bytes();
        }
    }

    /** Makes an empty event. */
    public LogEvent() {}

    /** Empties the event; keeps its arrays. */
    public void clear() {
        bytes = NOTHING;
        lineOffset = 0;
        lineLength = 0;
        spareLength = 0;
        bytesCut = 0;
        timeNs = NO_TIME;
        level = null;
        fields.clear();
    }

    private void release() {
        if (own.length > KEPT_BYTES_MAX) {
            own = NOTHING;
            bytes = NOTHING;
            lineOffset = 0;
            lineLength = 0;
        }
        if (spare.length > KEPT_BYTES_MAX) {
            spare = NOTHING;
            spareLength = 0;
        }
    }

    private static void copy(LogEvent from, LogEvent to) {
        to.setLine(from.bytes, from.lineOffset, from.lineLength);
        to.bytes = from.hasLine() ? to.own : NOTHING;
        to.bytesCut = from.bytesCut;
        to.makeSpare(from.spareLength);
        System.arraycopy(from.spare, 0, to.spare, 0, from.spareLength);
        to.spareLength = from.spareLength;
        to.timeNs = from.timeNs;
        to.level = from.level;
        to.fields.copyFrom(from.fields, -from.lineOffset);
    }

    private void write(DataOutput out) throws IOException {
        Level known = level;
        out.writeInt(hasLine() ? lineLength : -1);
        out.write(bytes, lineOffset, lineLength);
        out.writeInt(bytesCut);
        out.writeLong(timeNs);
        out.writeByte(known == null ? -1 : known.rank());
        out.writeInt(spareLength);
        out.write(spare, 0, spareLength);
        fields.write(out, -lineOffset);
    }

    private void read(DataInput in) throws IOException {
        int length = in.readInt();
        if (length >= 0) {
            byte[] line = new byte[length];
            in.readFully(line);
            setLine(line, 0, length);
        }
        bytesCut = in.readInt();
        timeNs = in.readLong();
        int rank = in.readByte();
        level = rank < 0 ? null : LEVELS[rank];
        int spares = in.readInt();
        makeSpare(spares);
        in.readFully(spare, 0, spares);
        spareLength = spares;
        fields.read(in);
    }

    /**
     * Takes a copy of a line, without its line end. What was known about another line stays; {@link #clear} first.
     *
     * @return {@code false} if it is longer than {@value #LINE_BYTES_MAX} bytes; the event then has its first so many bytes
     */
    public boolean setLine(byte[] from, int offset, int length) {
        int taken = Math.min(length, LINE_BYTES_MAX);
        if (own.length < taken || own == NOTHING) {
            own = new byte[capacity(taken)];
        }
        System.arraycopy(from, offset, own, 0, taken);
        bytes = own;
        lineOffset = 0;
        lineLength = taken;
        bytesCut = length - taken;
        return taken == length;
    }

    /** As {@link #setLine(byte[], int, int)}, from a string. Allocates. */
    public boolean setLine(String text) {
        byte[] from = text.getBytes(StandardCharsets.UTF_8);
        return setLine(from, 0, from.length);
    }

    /**
     * Refers to a line where it stands, without its line end. The bytes must not change before the event's slot is given back to the
     * source; see {@link io.ringmain.spi.Intake#released}.
     */
    public void wrapLine(byte[] slab, int offset, int length) {
        bytes = slab;
        lineOffset = offset;
        lineLength = length;
    }

    /** Notes that the line was longer by {@code bytes} bytes, which are not here. */
    public void setBytesCut(int bytes) {
        bytesCut = bytes;
    }

    /** How many bytes the line was longer than the one that is here; 0 for a whole line. */
    public int bytesCut() {
        return bytesCut;
    }

    private static int capacity(int length) {
        return Math.max(BYTES_MIN, Integer.highestOneBit(Math.max(1, length - 1)) << 1);
    }

    /** The bytes that the line and the spans of fields lie in. To be read, not kept. */
    public byte[] bytes() {
        return bytes;
    }

    /** Whether there is a line, maybe an empty one; a result that was made of other events has none. */
    public boolean hasLine() {
        return bytes != NOTHING;
    }

    /** Where the line begins in {@link #bytes}. */
    public int lineOffset() {
        return lineOffset;
    }

    /** How many bytes the line has. */
    public int lineLength() {
        return lineLength;
    }

    /** The index of {@link #bytes} behind the line's last byte. */
    public int lineEnd() {
        return lineOffset + lineLength;
    }

    /** The line. Allocates. */
    public String line() {
        return new String(bytes, lineOffset, lineLength, StandardCharsets.UTF_8);
    }

    /** The event's own bytes, that {@link Fields.Kind#SPARE} fields lie in. Changes by {@link #addSpare}. */
    public byte[] spare() {
        return spare;
    }

    /** How many of the spare bytes are used: where the next addition will lie. */
    public int spareLength() {
        return spareLength;
    }

    /**
     * Makes {@code length} more spare bytes, to be written to {@link #spare} at the returned offset.
     *
     * @return the offset, or -1 if the event would have more than {@value #SPARE_BYTES_MAX}
     */
    public int addSpare(int length) {
        if (length > SPARE_BYTES_MAX - spareLength) {
            return -1;
        }
        makeSpare(spareLength + length);
        int offset = spareLength;
        spareLength += length;
        return offset;
    }

    /** Gives back the spare bytes from {@code length} on: what was added last was longer than needed. */
    public void cutSpare(int length) {
        spareLength = Math.min(spareLength, length);
    }

    private void makeSpare(int length) {
        if (spare.length < length) {
            spare = Arrays.copyOf(spare, capacity(length));
        }
    }

    /** When it happened, epoch nanoseconds, or {@link #NO_TIME}. */
    public long timeNs() {
        return timeNs;
    }

    /** Sets when it happened, epoch nanoseconds. */
    public void setTimeNs(long timeNs) {
        this.timeNs = timeNs;
    }

    /** How much it matters; null before it was parsed. */
    public @Nullable Level level() {
        return level;
    }

    /** Sets how much it matters; null for not known. */
    public void setLevel(@Nullable Level level) {
        this.level = level;
    }

    /** Whether it is known where the event came from. */
    public boolean hasSource() {
        return fields.indexOf(Keys.SOURCE) >= 0;
    }

    /** The source, empty if not known. Allocates. */
    public String source() {
        return textOrEmpty(Keys.SOURCE);
    }

    /** The message, empty if there is none. Allocates. */
    public String message() {
        return textOrEmpty(Keys.MESSAGE);
    }

    private String textOrEmpty(int key) {
        String text = fieldText(key);
        return text == null ? "" : text;
    }

    /** The fields, in the order in which their keys were first put. The same object always. */
    public Fields fields() {
        return fields;
    }

    /** The field {@code key} as text, or null if there is none; times as nanoseconds. Allocates. */
    public @Nullable String fieldText(int key) {
        Value value = new Value();
        return read(key, value) ? value.toString() : null;
    }

    /**
     * Reads the field {@code key}, one of the fields or {@link Keys#LEVEL}, {@link Keys#TIMESTAMP}, {@link Keys#LINE}.
     *
     * @param into what gets the value; refers to the event's bytes, so it is valid only as long as they are
     * @return {@code false} if there is no such field, or null in it; {@code into} is then missing
     */
    public boolean read(int key, Value into) {
        if (key >= 0) {
            int index = fields.indexOf(key);
            if (index < 0) {
                into.setMissing();
                return false;
            }
            return fields.read(index, this, into);
        }
        Level known = level;
        if (key == Keys.TIMESTAMP && timeNs != NO_TIME) {
            into.setTime(timeNs);
        } else if (key == Keys.LEVEL && known != null) {
            into.setLevel(known);
        } else if (key == Keys.LINE) {
            into.setText(bytes, lineOffset, lineLength);
        } else {
            into.setMissing();
        }
        return into.kind() != Value.Kind.MISSING;
    }

    /** Returns level, source and line, for people. Allocates. */
    @Override
    public String toString() {
        return "LogEvent{level=" + level + ", source=" + source() + ", line=" + line() + '}';
    }
}
