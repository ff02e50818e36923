package io.ringmain.logs;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a field holds, read out of an event or made by an expression; made to be filled again and again.
 *
 * <p>Thread and ownership: whoever made it. Text is a stretch of somebody else's bytes and valid only as long as they are. Nothing
 * allocates except {@link #toString}.
 */
public final class Value {

    /** What a value is. */
    public enum Kind {
        /** Nothing: there is no such field, or it is null. */
        MISSING,
        /** Bytes, meant as UTF-8. */
        TEXT,
        /** A whole number. */
        LONG,
        /** A number. */
        DOUBLE,
        /** Yes or no. */
        BOOLEAN,
        /** A moment, epoch nanoseconds. */
        TIME,
        /** How much an event matters; its text is the level's name. */
        LEVEL
    }

    private static final byte[] NOTHING = {};

    private Kind kind = Kind.MISSING;
    private byte[] bytes = NOTHING;
    private int offset;
    private int length;
    private long number;
    private @Nullable Text constant;
    private @Nullable Level level;

    /** Makes a missing value. */
    public Value() {}

    /** What it is. */
    public Kind kind() {
        return kind;
    }

    /** Whether there is nothing. */
    public boolean isMissing() {
        return kind == Kind.MISSING;
    }

    /** Whether it has text: it is {@link Kind#TEXT} or {@link Kind#LEVEL}. */
    public boolean isText() {
        return kind == Kind.TEXT || kind == Kind.LEVEL;
    }

    /** Whether it is {@link Kind#LONG} or {@link Kind#DOUBLE}. */
    public boolean isNumber() {
        return kind == Kind.LONG || kind == Kind.DOUBLE;
    }

    /** The bytes that the text lies in. To be read, not kept. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the text begins. */
    public int offset() {
        return offset;
    }

    /** How many bytes the text has. */
    public int length() {
        return length;
    }

    /** The constant that the text is, which may be kept; null if it is no constant. */
    public @Nullable Text constant() {
        return constant;
    }

    /** The whole number, or the epoch nanoseconds. */
    public long longValue() {
        return number;
    }

    /** The number, also of a whole one. */
    public double doubleValue() {
        return kind == Kind.DOUBLE ? Double.longBitsToDouble(number) : number;
    }

    /** Yes or no. */
    public boolean booleanValue() {
        return number != 0;
    }

    /** The level. */
    public Level level() {
        return requireNonNull(level, "level");
    }

    /** Makes it nothing. */
    public void setMissing() {
        kind = Kind.MISSING;
        constant = null;
    }

    /** Makes it a stretch of bytes. */
    public void setText(byte[] bytes, int offset, int length) {
        kind = Kind.TEXT;
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
        constant = null;
    }

    /** Makes it a constant. */
    public void setText(Text text) {
        setText(text.bytes(), 0, text.length());
        constant = text;
    }

    /** Makes it a whole number. */
    public void setLong(long value) {
        set(Kind.LONG, value);
    }

    /** Makes it a number. */
    public void setDouble(double value) {
        set(Kind.DOUBLE, Double.doubleToRawLongBits(value));
    }

    /** Makes it yes or no. */
    public void setBoolean(boolean value) {
        set(Kind.BOOLEAN, value ? 1 : 0);
    }

    /** Makes it a moment. */
    public void setTime(long epochNs) {
        set(Kind.TIME, epochNs);
    }

    /** Makes it a level. */
    public void setLevel(Level level) {
        setText(level.text());
        kind = Kind.LEVEL;
        this.level = level;
    }

    private void set(Kind kind, long number) {
        this.kind = kind;
        this.number = number;
        constant = null;
    }

    /** Returns it as text; times as epoch nanoseconds, nothing as the empty string. Allocates. */
    @Override
    public String toString() {
        return switch (kind) {
            case MISSING -> "";
            case TEXT, LEVEL -> new String(bytes, offset, length, StandardCharsets.UTF_8);
            case LONG, TIME -> Long.toString(number);
            case DOUBLE -> Double.toString(Double.longBitsToDouble(number));
            case BOOLEAN -> Boolean.toString(number != 0);
        };
    }
}
