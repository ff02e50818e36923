package io.ringmain.logs.step;

import io.ringmain.logs.Level;
import io.ringmain.logs.Value;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values written one behind the other as bytes, so that the same values, and no others, have the same bytes.
 *
 * <pre>
 *   missing, no, yes   tag
 *   level              tag │ rank, 1 byte
 *   number, time       tag │ 8 bytes
 *   text               tag │ length, 4 bytes │ the text
 * </pre>
 *
 * A number without a fraction is written as a whole one, so 200 and 200.0 are the same key.
 */
final class KeyBytes {

    /** The most bytes of one key. */
    static final int LENGTH_MAX = 4096;

    private static final byte MISSING = 0;
    private static final byte NO = 1;
    private static final byte YES = 2;
    private static final byte LONG = 3;
    private static final byte DOUBLE = 4;
    private static final byte TIME = 5;
    private static final byte LEVEL = 6;
    private static final byte TEXT = 7;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final Level[] LEVELS = levels();

    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

    // A word longer than a key, so that the last word of each can be filled up with zeros.
    private final byte[] bytes = new byte[LENGTH_MAX + Long.BYTES];
    private int length;

    private static Level[] levels() {
        Level[] levels = new Level[Level.values().length];
        for (Level level : Level.values()) {
            levels[level.rank()] = level;
        }
        return levels;
    }

    void clear() {
        length = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Adds a value; {@code false}, and nothing is added, if the key would be too long. */
    boolean add(Value value) {
        // The longest one that is no text.
        if (length > LENGTH_MAX - 9) {
            return false;
        }
        switch (value.kind()) {
            case MISSING -> bytes[length++] = MISSING;
            case BOOLEAN -> bytes[length++] = value.booleanValue() ? YES : NO;
            case LONG -> addLong(LONG, value.longValue());
            case DOUBLE -> addDouble(value.doubleValue());
            case TIME -> addLong(TIME, value.longValue());
            case LEVEL -> addLevel(value.level());
            case TEXT -> {
                return addText(value);
            }
        }
        return true;
    }

    /** Adds a level, or that it is missing; as {@link #add(Value)}. */
    boolean add(@Nullable Level level) {
        if (length > LENGTH_MAX - 2) {
            return false;
        }
        if (level == null) {
            bytes[length++] = MISSING;
        } else {
            addLevel(level);
        }
        return true;
    }

    private void addLevel(Level level) {
        bytes[length++] = LEVEL;
        bytes[length++] = (byte) level.rank();
    }

    /** Adds a whole number; there is room. */
    void add(long number) {
        addLong(LONG, number);
    }

    private void addLong(byte tag, long number) {
        bytes[length] = tag;
        LONGS.set(bytes, length + 1, number);
        length += 9;
    }

    private void addDouble(double number) {
        long whole = (long) number;
        // The largest long has no double of its own: what rounds to it is larger.
        if (whole == number && whole != Long.MAX_VALUE) {
            addLong(LONG, whole);
        } else {
            addLong(DOUBLE, Double.doubleToLongBits(number));
        }
    }

    private boolean addText(Value text) {
        int textLength = text.length();
        if (textLength > LENGTH_MAX - length - 5) {
            return false;
        }
        bytes[length] = TEXT;
        INTS.set(bytes, length + 1, textLength);
        System.arraycopy(text.bytes(), text.offset(), bytes, length + 5, textLength);
        length += 5 + textLength;
        return true;
    }

    /** Adds what {@link #add} has written elsewhere as one whole key. */
    void addWritten(byte[] from, int offset, int end) {
        System.arraycopy(from, offset, bytes, length, end - offset);
        length += end - offset;
    }

    /** Reads the value at {@code offset}, and returns the offset of the next one. Text refers to {@code from}. */
    static int read(byte[] from, int offset, Value into) {
        switch (from[offset]) {
            case NO -> into.setBoolean(false);
            case YES -> into.setBoolean(true);
            case LONG -> into.setLong((long) LONGS.get(from, offset + 1));
            case DOUBLE -> into.setDouble(Double.longBitsToDouble((long) LONGS.get(from, offset + 1)));
            case TIME -> into.setTime((long) LONGS.get(from, offset + 1));
            case LEVEL -> {
                into.setLevel(LEVELS[from[offset + 1]]);
                return offset + 2;
            }
            case TEXT -> {
                int textLength = (int) INTS.get(from, offset + 1);
                into.setText(from, offset + 5, textLength);
                return offset + 5 + textLength;
            }
            default -> into.setMissing();
        }
        return offset + (from[offset] >= LONG ? 9 : 1);
    }

    /** As {@link io.ringmain.logs.Spans#hash}, but by words only: keys are short, and going through the last bytes one by one takes long. */
    long hash() {
        LONGS.set(bytes, length, 0L);
        long hash = length;
        for (int i = 0; i < length; i += Long.BYTES) {
            long product = (hash ^ (long) LONGS.get(bytes, i)) * MULTIPLIER;
            hash = product ^ (product >>> 32);
        }
        return hash;
    }

    /** As {@link Arrays#equals}, of what was written here and {@code other} from {@code offset} to {@code end}. */
    boolean isAt(byte[] other, int offset, int end) {
        return Arrays.equals(other, offset, end, bytes, 0, length);
    }
}
