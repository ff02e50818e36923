package io.ringmain.logs.step;

import io.ringmain.logs.Level;
import io.ringmain.logs.Value;
import io.ringmain.window.KeyBuffer;
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
final class KeyBytes extends KeyBuffer {

    private static final byte MISSING = 0;
    private static final byte NO = 1;
    private static final byte YES = 2;
    private static final byte LONG = 3;
    private static final byte DOUBLE = 4;
    private static final byte TIME = 5;
    private static final byte LEVEL = 6;
    private static final byte TEXT = 7;

    private static final Level[] LEVELS = levels();

    private static Level[] levels() {
        Level[] levels = new Level[Level.values().length];
        for (Level level : Level.values()) {
            levels[level.rank()] = level;
        }
        return levels;
    }

    /** Adds a value; {@code false}, and nothing is added, if the key would be too long. */
    boolean add(Value value) {
        // The longest one that is no text.
        if (!hasRoom(9)) {
            return false;
        }
        switch (value.kind()) {
            case MISSING -> putByte(MISSING);
            case BOOLEAN -> putByte(value.booleanValue() ? YES : NO);
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
        if (!hasRoom(2)) {
            return false;
        }
        if (level == null) {
            putByte(MISSING);
        } else {
            addLevel(level);
        }
        return true;
    }

    private void addLevel(Level level) {
        putByte(LEVEL);
        putByte((byte) level.rank());
    }

    /** Adds a whole number; there is room. */
    void add(long number) {
        addLong(LONG, number);
    }

    private void addLong(byte tag, long number) {
        putByte(tag);
        putLong(number);
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
        if (!hasRoom(textLength + 5)) {
            return false;
        }
        putByte(TEXT);
        putInt(textLength);
        return putBytes(text.bytes(), text.offset(), textLength);
    }

    /** Reads the value at {@code offset}, and returns the offset of the next one. Text refers to {@code from}. */
    static int read(byte[] from, int offset, Value into) {
        switch (from[offset]) {
            case NO -> into.setBoolean(false);
            case YES -> into.setBoolean(true);
            case LONG -> into.setLong(longAt(from, offset + 1));
            case DOUBLE -> into.setDouble(Double.longBitsToDouble(longAt(from, offset + 1)));
            case TIME -> into.setTime(longAt(from, offset + 1));
            case LEVEL -> {
                into.setLevel(LEVELS[from[offset + 1]]);
                return offset + 2;
            }
            case TEXT -> {
                int textLength = intAt(from, offset + 1);
                into.setText(from, offset + 5, textLength);
                return offset + 5 + textLength;
            }
            default -> into.setMissing();
        }
        return offset + (from[offset] >= LONG ? 9 : 1);
    }
}
