package io.ringmain.logs;

import static java.util.Objects.requireNonNull;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The typed fields of one event, in the order in which their keys were first put. Putting a key again replaces its value.
 *
 * <p>Thread and ownership: as the event. Looking up is a scan, for events have few fields; a parser that knows that a key is new
 * uses the methods that begin with {@code add}, which do not look. Nothing allocates once the event has held its most fields.
 */
public final class Fields {

    /** The most fields of one event: {@value}. */
    public static final int COUNT_MAX = 1024;

    /** What a field holds. */
    public enum Kind {
        /** Text: a span of the line. */
        SPAN(0),
        /** Text: a span of the event's spare bytes. */
        SPARE(1),
        /** Text: a constant. */
        TEXT(2),
        /** A span of the line that is JSON: an array, an empty object or a number that nothing else holds. Reads as its text. */
        JSON(3),
        /** A whole number. */
        LONG(4),
        /** A number. */
        DOUBLE(5),
        /** Yes or no. */
        BOOLEAN(6),
        /** A moment, epoch nanoseconds. */
        TIME(7),
        /** A null that was given as such. Reads as missing. */
        NULL(8);

        /** What the field's tag holds of it. */
        private final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    private static final Kind[] KINDS = byCode();
    private static final int KIND_BITS = 4;
    private static final int KIND_MASK = (1 << KIND_BITS) - 1;
    private static final int COUNT_MIN = 16;

    private int count;
    // Key and kind in one number, so that the usual field is two stores into two arrays.
    private int[] tags = new int[COUNT_MIN];
    private long[] values = new long[COUNT_MIN];
    private @Nullable Text[] texts = new Text[2];

    Fields() {}

    private static Kind[] byCode() {
        Kind[] kinds = new Kind[Kind.values().length];
        for (Kind kind : Kind.values()) {
            kinds[kind.code] = kind;
        }
        return kinds;
    }

    /** Removes all. */
    void clear() {
        // The constants stay referred to until they are overwritten: they live as long as the pipeline anyway.
        count = 0;
    }

    void copyFrom(Fields from, int shift) {
        while (tags.length < from.count) {
            grow();
        }
        System.arraycopy(from.tags, 0, tags, 0, from.count);
        for (int i = 0; i < from.count; i++) {
            Kind kind = from.kind(i);
            boolean inLine = kind == Kind.SPAN || kind == Kind.JSON;
            values[i] = inLine ? from.values[i] + ((long) shift << 32) : from.values[i];
            if (kind == Kind.TEXT) {
                keepText(i, from.text(i));
            }
        }
        count = from.count;
    }

    /** Writes all; a place in the line as what it is when moved by {@code shift}. */
    void write(DataOutput out, int shift) throws IOException {
        out.writeInt(count);
        for (int i = 0; i < count; i++) {
            Kind kind = kind(i);
            boolean inLine = kind == Kind.SPAN || kind == Kind.JSON;
            out.writeInt(tags[i]);
            if (kind == Kind.TEXT) {
                Text text = text(i);
                out.writeInt(text.length());
                out.write(text.bytes());
            } else {
                out.writeLong(inLine ? values[i] + ((long) shift << 32) : values[i]);
            }
        }
    }

    /** Reads what {@link #write} wrote. */
    void read(DataInput in) throws IOException {
        int written = in.readInt();
        while (tags.length < written) {
            grow();
        }
        for (int i = 0; i < written; i++) {
            tags[i] = in.readInt();
            if ((tags[i] & KIND_MASK) == Kind.TEXT.code) {
                byte[] text = new byte[in.readInt()];
                in.readFully(text);
                keepText(i, Text.of(text, 0, text.length));
            } else {
                values[i] = in.readLong();
            }
        }
        count = written;
    }

    /** About how many bytes of memory they hold. */
    long bytes() {
        return (long) tags.length * (Integer.BYTES + Long.BYTES) + (long) texts.length * Long.BYTES;
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** Where {@code key} is, from 0 to {@link #count} - 1, or -1. */
    public int indexOf(int key) {
        for (int i = 0; i < count; i++) {
            if (tags[i] >> KIND_BITS == key) {
                return i;
            }
        }
        return -1;
    }

    /** The key of the field at {@code index}. */
    public int key(int index) {
        return tags[check(index)] >> KIND_BITS;
    }

    /** What the field at {@code index} holds. */
    public Kind kind(int index) {
        return KINDS[tags[check(index)] & KIND_MASK];
    }

    /** Where the text at {@code index} begins: in the event's bytes, or in its spare bytes for {@link Kind#SPARE}. */
    public int offset(int index) {
        return (int) (values[check(index)] >>> 32);
    }

    /** How many bytes the text at {@code index} has. */
    public int length(int index) {
        return (int) values[check(index)];
    }

    /** The constant at {@code index}. */
    public Text text(int index) {
        return requireNonNull(texts[check(index)], "text");
    }

    /** The whole number at {@code index}, or the epoch nanoseconds. */
    public long longValue(int index) {
        return values[check(index)];
    }

    /** The number at {@code index}. */
    public double doubleValue(int index) {
        return Double.longBitsToDouble(values[check(index)]);
    }

    /** The yes or no at {@code index}. */
    public boolean booleanValue(int index) {
        return values[check(index)] != 0;
    }

    /** Reads the field at {@code index} of {@code event}, which these are the fields of; {@code false} if it is null. */
    public boolean read(int index, LogEvent event, Value into) {
        switch (kind(index)) {
            case SPAN, JSON -> into.setText(event.bytes(), offset(index), length(index));
            case SPARE -> into.setText(event.spare(), offset(index), length(index));
            case TEXT -> into.setText(text(index));
            case LONG -> into.setLong(values[index]);
            case DOUBLE -> into.setDouble(Double.longBitsToDouble(values[index]));
            case BOOLEAN -> into.setBoolean(values[index] != 0);
            case TIME -> into.setTime(values[index]);
            case NULL -> into.setMissing();
        }
        return into.kind() != Value.Kind.MISSING;
    }

    /** Puts a span of the event's bytes; returns {@code false}, and puts nothing, if there are {@value #COUNT_MAX} others already. */
    public boolean putSpan(int key, int offset, int length) {
        return put(key, Kind.SPAN, (long) offset << 32 | length);
    }

    /** Puts a span of the event's spare bytes; as {@link #putSpan}. */
    public boolean putSpare(int key, int offset, int length) {
        return put(key, Kind.SPARE, (long) offset << 32 | length);
    }

    /** Puts a span of the event's bytes that is JSON; as {@link #putSpan}. */
    public boolean putJson(int key, int offset, int length) {
        return put(key, Kind.JSON, (long) offset << 32 | length);
    }

    /** Puts a constant; as {@link #putSpan}. */
    public boolean putText(int key, Text text) {
        requireNonNull(text, "text");
        if (!put(key, Kind.TEXT, 0)) {
            return false;
        }
        keepText(indexOf(key), text);
        return true;
    }

    /** Puts a whole number; as {@link #putSpan}. */
    public boolean putLong(int key, long value) {
        return put(key, Kind.LONG, value);
    }

    /** Puts a number; as {@link #putSpan}. */
    public boolean putDouble(int key, double value) {
        return put(key, Kind.DOUBLE, Double.doubleToRawLongBits(value));
    }

    /** Puts a yes or no; as {@link #putSpan}. */
    public boolean putBoolean(int key, boolean value) {
        return put(key, Kind.BOOLEAN, value ? 1 : 0);
    }

    /** Puts a moment; as {@link #putSpan}. */
    public boolean putTime(int key, long epochNs) {
        return put(key, Kind.TIME, epochNs);
    }

    /** Puts a null; as {@link #putSpan}. */
    public boolean putNull(int key) {
        return put(key, Kind.NULL, 0);
    }

    /** Adds a span of the event's bytes under a key that is not there yet; {@code false} as {@link #putSpan}. */
    public boolean addSpan(int key, int offset, int length) {
        return add(key, Kind.SPAN, (long) offset << 32 | length);
    }

    /** Adds a whole number under a key that is not there yet; {@code false} as {@link #putSpan}. */
    public boolean addLong(int key, long value) {
        return add(key, Kind.LONG, value);
    }

    /** Adds a span of the event's spare bytes under a key that is not there yet; {@code false} as {@link #putSpan}. */
    public boolean addSpare(int key, int offset, int length) {
        return add(key, Kind.SPARE, (long) offset << 32 | length);
    }

    /** Adds a span of the event's bytes that is JSON under a key that is not there yet; {@code false} as {@link #putSpan}. */
    public boolean addJson(int key, int offset, int length) {
        return add(key, Kind.JSON, (long) offset << 32 | length);
    }

    /** Adds a number under a key that is not there yet; {@code false} as {@link #putSpan}. */
    public boolean addDouble(int key, double value) {
        return add(key, Kind.DOUBLE, Double.doubleToRawLongBits(value));
    }

    /** Adds a yes or no under a key that is not there yet; {@code false} as {@link #putSpan}. */
    public boolean addBoolean(int key, boolean value) {
        return add(key, Kind.BOOLEAN, value ? 1 : 0);
    }

    /** Adds a null under a key that is not there yet; {@code false} as {@link #putSpan}. */
    public boolean addNull(int key) {
        return add(key, Kind.NULL, 0);
    }

    /**
     * Puts all fields of {@code from}, in their order; their text lies in the bytes of the event that these are the fields of.
     *
     * @return {@code false}, and puts nothing, if there is no room
     */
    public boolean putAll(Fields from) {
        int had = count;
        int again = 0;
        for (int i = 0; i < had; i++) {
            again += from.indexOf(tags[i] >> KIND_BITS) >= 0 ? 1 : 0;
        }
        int needed = had + from.count - again;
        if (needed > COUNT_MAX) {
            return false;
        }
        while (tags.length < needed) {
            grow();
        }
        if (again == 0) {
            System.arraycopy(from.tags, 0, tags, had, from.count);
            System.arraycopy(from.values, 0, values, had, from.count);
            count = needed;
        } else {
            for (int i = 0; i < from.count; i++) {
                put(from.key(i), from.kind(i), from.values[i]);
            }
        }
        for (int i = 0; i < from.count; i++) {
            if ((from.tags[i] & KIND_MASK) == Kind.TEXT.code) {
                keepText(indexOf(from.key(i)), from.text(i));
            }
        }
        return true;
    }

    /** Removes the field {@code key}; those behind it move up. Returns {@code false} if there is none. */
    public boolean remove(int key) {
        int index = indexOf(key);
        if (index < 0) {
            return false;
        }
        count--;
        System.arraycopy(tags, index + 1, tags, index, count - index);
        System.arraycopy(values, index + 1, values, index, count - index);
        // There are only as many places for constants as were needed.
        int textsBehind = Math.min(count + 1, texts.length) - index - 1;
        if (textsBehind > 0) {
            System.arraycopy(texts, index + 1, texts, index, textsBehind);
        }
        return true;
    }

    /** Gives the field {@code from} the key {@code to}, in its place; a field that had it is removed. {@code false} if there is none. */
    public boolean rename(int from, int to) {
        if (from == to || indexOf(from) < 0) {
            return indexOf(from) >= 0;
        }
        remove(to);
        int index = indexOf(from);
        tags[index] = to << KIND_BITS | (tags[index] & KIND_MASK);
        return true;
    }

    private boolean put(int key, Kind kind, long value) {
        int index = indexOf(key);
        if (index < 0) {
            return add(key, kind, value);
        }
        tags[index] = key << KIND_BITS | kind.code;
        values[index] = value;
        return true;
    }

    private boolean add(int key, Kind kind, long value) {
        int index = count;
        if (index == tags.length) {
            if (index == COUNT_MAX) {
                return false;
            }
            grow();
        }
        tags[index] = key << KIND_BITS | kind.code;
        values[index] = value;
        count = index + 1;
        return true;
    }

    private void keepText(int index, Text text) {
        if (texts.length <= index) {
            texts = Arrays.copyOf(texts, tags.length);
        }
        texts[index] = text;
    }

    private void grow() {
        int capacity = 2 * tags.length;
        tags = Arrays.copyOf(tags, capacity);
        values = Arrays.copyOf(values, capacity);
    }

    private int check(int index) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException("field: " + index + " (expected: from 0 to " + (count - 1) + ')');
        }
        return index;
    }
}
