package io.ringmain.logs;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The typed fields of one event: by key, a span of the line, a constant, a long, a double or a boolean. Putting a key again replaces
 * its value.
 *
 * <p>Thread and ownership: as the event. Looking up is a scan, for events have few fields. Nothing allocates once the event has held
 * its most fields, except {@link #toString(int, byte[])}.
 */
public final class Fields {

    /** The most fields of one event: {@value}. */
    public static final int COUNT_MAX = 64;

    /** What a field holds. */
    public enum Kind {
        /** A span of the line. */
        SPAN,
        /** A constant. */
        TEXT,
        /** A whole number. */
        LONG,
        /** A number. */
        DOUBLE,
        /** Yes or no. */
        BOOLEAN
    }

    private static final int COUNT_MIN = 4;

    private int count;
    private int[] keys = new int[COUNT_MIN];
    private Kind[] kinds = new Kind[COUNT_MIN];
    private long[] values = new long[COUNT_MIN];
    private @Nullable Text[] texts = new Text[COUNT_MIN];

    Fields() {}

    void clear() {
        // The constants stay referred to until they are overwritten: they live as long as the pipeline anyway.
        count = 0;
    }

    void copyFrom(Fields from) {
        while (keys.length < from.count) {
            grow();
        }
        System.arraycopy(from.keys, 0, keys, 0, from.count);
        System.arraycopy(from.kinds, 0, kinds, 0, from.count);
        System.arraycopy(from.values, 0, values, 0, from.count);
        System.arraycopy(from.texts, 0, texts, 0, from.count);
        count = from.count;
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** Where {@code key} is, from 0 to {@link #count} - 1, or -1. */
    public int indexOf(int key) {
        for (int i = 0; i < count; i++) {
            if (keys[i] == key) {
                return i;
            }
        }
        return -1;
    }

    /** The key of the field at {@code index}. */
    public int key(int index) {
        return keys[check(index)];
    }

    /** What the field at {@code index} holds. */
    public Kind kind(int index) {
        return kinds[check(index)];
    }

    /** Where the span at {@code index} begins in the event's bytes. */
    public int offset(int index) {
        return (int) (values[checked(index, Kind.SPAN)] >>> 32);
    }

    /** How many bytes the span at {@code index} has. */
    public int length(int index) {
        return (int) values[checked(index, Kind.SPAN)];
    }

    /** The constant at {@code index}. */
    public Text text(int index) {
        return requireNonNull(texts[checked(index, Kind.TEXT)], "text");
    }

    /** The whole number at {@code index}. */
    public long longValue(int index) {
        return values[checked(index, Kind.LONG)];
    }

    /** The number at {@code index}. */
    public double doubleValue(int index) {
        return Double.longBitsToDouble(values[checked(index, Kind.DOUBLE)]);
    }

    /** The yes or no at {@code index}. */
    public boolean booleanValue(int index) {
        return values[checked(index, Kind.BOOLEAN)] != 0;
    }

    /** Puts a span of the line; returns {@code false}, and puts nothing, if there are {@value #COUNT_MAX} others already. */
    public boolean putSpan(int key, int offset, int length) {
        return put(key, Kind.SPAN, (long) offset << 32 | length, null);
    }

    /** Puts a constant; as {@link #putSpan}. */
    public boolean putText(int key, Text text) {
        return put(key, Kind.TEXT, 0, requireNonNull(text, "text"));
    }

    /** Puts a whole number; as {@link #putSpan}. */
    public boolean putLong(int key, long value) {
        return put(key, Kind.LONG, value, null);
    }

    /** Puts a number; as {@link #putSpan}. */
    public boolean putDouble(int key, double value) {
        return put(key, Kind.DOUBLE, Double.doubleToRawLongBits(value), null);
    }

    /** Puts a yes or no; as {@link #putSpan}. */
    public boolean putBoolean(int key, boolean value) {
        return put(key, Kind.BOOLEAN, value ? 1 : 0, null);
    }

    private boolean put(int key, Kind kind, long value, @Nullable Text text) {
        int index = indexOf(key);
        if (index < 0) {
            if (count == COUNT_MAX) {
                return false;
            }
            if (count == keys.length) {
                grow();
            }
            index = count++;
        }
        keys[index] = key;
        kinds[index] = kind;
        values[index] = value;
        texts[index] = text;
        return true;
    }

    private void grow() {
        int capacity = 2 * keys.length;
        keys = Arrays.copyOf(keys, capacity);
        kinds = Arrays.copyOf(kinds, capacity);
        values = Arrays.copyOf(values, capacity);
        texts = Arrays.copyOf(texts, capacity);
    }

    private int check(int index) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException("field: " + index + " (expected: from 0 to " + (count - 1) + ')');
        }
        return index;
    }

    private int checked(int index, Kind kind) {
        if (kinds[check(index)] != kind) {
            throw new IllegalStateException("field " + index + ": " + kinds[index] + " (expected: " + kind + ')');
        }
        return index;
    }

    String toString(int index, byte[] line) {
        return switch (kind(index)) {
            case SPAN -> new String(line, offset(index), length(index), StandardCharsets.UTF_8);
            case TEXT -> text(index).toString();
            case LONG -> Long.toString(longValue(index));
            case DOUBLE -> Double.toString(doubleValue(index));
            case BOOLEAN -> Boolean.toString(booleanValue(index));
        };
    }
}
