package io.ringmain.logs.file;

import io.ringmain.logs.MomentText;
import io.ringmain.logs.NumberText;
import io.ringmain.logs.Text;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes to be written: they are put at the end, and the array grows as needed. Made to be filled again and again.
 *
 * <p>Thread and ownership: whoever made it. It has no bound of its own; who fills it empties it after each event or batch, and an
 * event is bounded. Nothing allocates once it has held its most bytes.
 */
public final class Bytes {

    private static final int LENGTH_MIN = 256;

    private byte[] array;
    private int length;

    /** Makes an empty one. */
    public Bytes() {
        array = new byte[LENGTH_MIN];
    }

    /** Empties it; keeps the array. */
    public void clear() {
        length = 0;
    }

    /** Takes back what was put last: only the first {@code length} bytes stay. */
    public void cut(int length) {
        this.length = Math.min(this.length, length);
    }

    /** The array that the bytes stand in, from index 0; another one after it has grown. */
    public byte[] array() {
        return array;
    }

    /** How many bytes there are. */
    public int length() {
        return length;
    }

    /** Puts one byte. */
    public void put(byte b) {
        reserve(1);
        array[length++] = b;
    }

    /** Puts one character of ASCII. */
    public void put(char ascii) {
        put((byte) ascii);
    }

    /** Puts a copy of {@code count} bytes from {@code offset}. */
    public void put(byte[] from, int offset, int count) {
        reserve(count);
        System.arraycopy(from, offset, array, length, count);
        length += count;
    }

    /** Puts a constant. */
    public void put(Text text) {
        put(text.bytes(), 0, text.length());
    }

    /** Puts a string of ASCII. Never allocates. */
    public void putAscii(String ascii) {
        reserve(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            array[length++] = (byte) ascii.charAt(i);
        }
    }

    /** Puts {@code true} or {@code false}. */
    public void putBoolean(boolean value) {
        putAscii(value ? "true" : "false");
    }

    /** Puts a whole number in decimal digits. */
    public void putLong(long value) {
        reserve(NumberText.LENGTH_MAX);
        length = NumberText.write(value, array, length);
    }

    /** Puts a number as {@link NumberText#write(double, byte[], int)} does: {@code 0.5}, {@code 1.0E10}, {@code NaN}. */
    public void putDouble(double value) {
        reserve(NumberText.LENGTH_MAX);
        length = NumberText.write(value, array, length);
    }

    /**
     * Puts a moment as {@link MomentText} writes it: {@code 2015-05-17T10:05:03Z}.
     *
     * @param epochNs epoch nanoseconds
     */
    public void putTime(long epochNs) {
        reserve(MomentText.LENGTH_MAX);
        length = MomentText.write(epochNs, array, length);
    }

    private void reserve(int more) {
        if (more > array.length - length) {
            array = Arrays.copyOf(array, Math.max(2 * array.length, Math.addExact(length, more)));
        }
    }

    /** Returns the bytes as a string; what is not UTF-8 shows as U+FFFD. Allocates. */
    @Override
    public String toString() {
        return new String(array, 0, length, StandardCharsets.UTF_8);
    }
}
