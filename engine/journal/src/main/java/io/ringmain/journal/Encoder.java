package io.ringmain.journal;

import java.io.DataOutput;
import java.io.UTFDataFormatException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Bytes that are filled from the front. What goes beyond the end is counted and not stored, so that who wrote it knows how many would be needed.
 *
 * <p>Nothing allocates but {@link #grow}.
 */
final class Encoder implements DataOutput {

    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    private byte[] bytes;
    private int position;

    Encoder(int capacity) {
        bytes = new byte[capacity];
    }

    private static VarHandle view(Class<?> of) {
        return MethodHandles.byteArrayViewVarHandle(of, ByteOrder.BIG_ENDIAN);
    }

    byte[] bytes() {
        return bytes;
    }

    int capacity() {
        return bytes.length;
    }

    /** Where the next byte goes; beyond the capacity when there was no room. */
    int position() {
        return position;
    }

    boolean isOver() {
        return position > bytes.length;
    }

    void moveTo(int place) {
        position = place;
    }

    /** Replaces the bytes, which are lost, by {@code capacity} others. */
    void grow(int capacity) {
        bytes = new byte[capacity];
        position = 0;
    }

    /** Takes {@code count} bytes; returns where they begin, or -1 if there is no room. */
    int skip(int count) {
        int from = position;
        int to = from + count;
        position = to < from ? Integer.MAX_VALUE : to;
        return position <= bytes.length ? from : -1;
    }

    void putInt(int at, int value) {
        INT.set(bytes, at, value);
    }

    void putLong(int at, long value) {
        LONG.set(bytes, at, value);
    }

    int intAt(int at) {
        return (int) INT.get(bytes, at);
    }

    long longAt(int at) {
        return (long) LONG.get(bytes, at);
    }

    /** Writes {@code text} as UTF-8, cut to {@code bytesMax} bytes between characters; half a surrogate pair is a question mark. */
    void utf8(CharSequence text, int bytesMax) {
        int end = position + bytesMax;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int point = c;
            if (Character.isSurrogate(c)) {
                boolean isPair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                point = isPair ? Character.toCodePoint(c, text.charAt(++i)) : '?';
            }
            int length = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (position + length > end) {
                return;
            }
            point(point, length);
        }
    }

    private void point(int point, int length) {
        if (length == 1) {
            write(point);
            return;
        }
        int first = length == 2 ? 0xC0 : length == 3 ? 0xE0 : 0xF0;
        for (int i = length - 1; i >= 0; i--) {
            int six = point >>> (6 * i);
            write(i == length - 1 ? first | six : 0x80 | (six & 0x3F));
        }
    }

    @Override
    public void write(int value) {
        int at = skip(1);
        if (at >= 0) {
            bytes[at] = (byte) value;
        }
    }

    @Override
    public void write(byte[] from) {
        write(from, 0, from.length);
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        int at = skip(length);
        if (at >= 0) {
            System.arraycopy(from, offset, bytes, at, length);
        }
    }

    @Override
    public void writeBoolean(boolean value) {
        write(value ? 1 : 0);
    }

    @Override
    public void writeByte(int value) {
        write(value);
    }

    @Override
    public void writeShort(int value) {
        int at = skip(Short.BYTES);
        if (at >= 0) {
            SHORT.set(bytes, at, (short) value);
        }
    }

    @Override
    public void writeChar(int value) {
        writeShort(value);
    }

    @Override
    public void writeInt(int value) {
        int at = skip(Integer.BYTES);
        if (at >= 0) {
            INT.set(bytes, at, value);
        }
    }

    @Override
    public void writeLong(long value) {
        int at = skip(Long.BYTES);
        if (at >= 0) {
            LONG.set(bytes, at, value);
        }
    }

    @Override
    public void writeFloat(float value) {
        writeInt(Float.floatToIntBits(value));
    }

    @Override
    public void writeDouble(double value) {
        writeLong(Double.doubleToLongBits(value));
    }

    @Override
    public void writeBytes(String text) {
        for (int i = 0; i < text.length(); i++) {
            write(text.charAt(i));
        }
    }

    @Override
    public void writeChars(String text) {
        for (int i = 0; i < text.length(); i++) {
            writeChar(text.charAt(i));
        }
    }

    /** As {@link DataOutput} asks for it: not quite UTF-8. */
    @Override
    public void writeUTF(String text) throws UTFDataFormatException {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            length += c >= 1 && c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
        }
        if (length > 0xFFFF) {
            throw new UTFDataFormatException("writeUTF: " + length + " bytes (expected: <= 65535)");
        }
        writeShort(length);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            point(c, c >= 1 && c < 0x80 ? 1 : c < 0x800 ? 2 : 3);
        }
    }
}
