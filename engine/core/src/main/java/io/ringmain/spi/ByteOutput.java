package io.ringmain.spi;

import java.io.DataOutput;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * Memory to write events into, used again and again: what {@link Portable#write} wants. It grows to the largest that was ever written, and
 * allocates nothing once it has. What it holds is what a {@link java.io.DataInputStream} reads.
 *
 * <p>Thread: one at a time.
 */
public final class ByteOutput implements DataOutput {

    /** How many bytes it holds at most: {@value}. */
    public static final int BYTES_MAX = 1 << 30;

    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int UTF_BYTES_MAX = 65_535;

    private byte[] bytes;
    private int size;

    /** Makes an empty one with room for {@code capacity} bytes, at least 1. */
    public ByteOutput(int capacity) {
        if (capacity < 1 || capacity > BYTES_MAX) {
            throw new IllegalArgumentException(
                    "byteOutput.capacity: " + capacity + " (expected: from 1 to " + BYTES_MAX + ')');
        }
        bytes = new byte[capacity];
    }

    /** The memory, of which {@link #size} bytes count; until the next call that writes. */
    public byte[] array() {
        return bytes;
    }

    /** How many bytes have been written. */
    public int size() {
        return size;
    }

    /** Forgets everything behind the first {@code bytesKept}. */
    public void truncate(int bytesKept) {
        Objects.checkIndex(bytesKept, size + 1);
        size = bytesKept;
    }

    /** Writes {@code value} over the four bytes at {@code index}, which have been written. */
    public void overwriteInt(int index, int value) {
        Objects.checkFromIndexSize(index, Integer.BYTES, size);
        INTS.set(bytes, index, value);
    }

    /** Writes {@code value} in 7 bits a byte, the lowest first: small numbers are short, negative ones are long. */
    public void writeVarLong(long value) throws IOException {
        int at = claim(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
        size = at;
    }

    private int claim(int more) throws IOException {
        int at = size;
        if (more > bytes.length - at) {
            grow(more);
        }
        size = at + more;
        return at;
    }

    private void grow(int more) throws IOException {
        long needed = (long) size + more;
        if (needed > BYTES_MAX) {
            throw new IOException(needed + " bytes to be written at a time (expected: <= " + BYTES_MAX + ')');
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(BYTES_MAX, Math.max(needed, 2L * bytes.length)));
    }

    @Override
    public void write(int value) throws IOException {
        int at = claim(1);
        bytes[at] = (byte) value;
    }

    @Override
    public void write(byte[] from) throws IOException {
        write(from, 0, from.length);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, from.length);
        int at = claim(length);
        System.arraycopy(from, offset, bytes, at, length);
    }

    @Override
    public void writeBoolean(boolean value) throws IOException {
        write(value ? 1 : 0);
    }

    @Override
    public void writeByte(int value) throws IOException {
        write(value);
    }

    @Override
    public void writeShort(int value) throws IOException {
        int at = claim(Short.BYTES);
        SHORTS.set(bytes, at, (short) value);
    }

    @Override
    public void writeChar(int value) throws IOException {
        writeShort(value);
    }

    @Override
    public void writeInt(int value) throws IOException {
        int at = claim(Integer.BYTES);
        INTS.set(bytes, at, value);
    }

    @Override
    public void writeLong(long value) throws IOException {
        int at = claim(Long.BYTES);
        LONGS.set(bytes, at, value);
    }

    @Override
    public void writeFloat(float value) throws IOException {
        writeInt(Float.floatToIntBits(value));
    }

    @Override
    public void writeDouble(double value) throws IOException {
        writeLong(Double.doubleToLongBits(value));
    }

    @Override
    public void writeBytes(String text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            write(text.charAt(i));
        }
    }

    @Override
    public void writeChars(String text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            writeShort(text.charAt(i));
        }
    }

    @Override
    public void writeUTF(String text) throws IOException {
        int begin = size;
        writeShort(0);
        for (int i = 0; i < text.length(); i++) {
            writeUtf(text.charAt(i));
        }
        int length = size - begin - Short.BYTES;
        if (length > UTF_BYTES_MAX) {
            size = begin;
            throw new UTFDataFormatException(
                    "a text of " + length + " bytes (expected: <= " + UTF_BYTES_MAX + " for writeUTF)");
        }
        SHORTS.set(bytes, begin, (short) length);
    }

    /** The modified UTF-8 of {@link java.io.DataInput}. */
    private void writeUtf(char unit) throws IOException {
        if (unit >= 0x0001 && unit <= 0x007F) {
            write(unit);
        } else if (unit <= 0x07FF) {
            write(0xC0 | unit >> 6);
            write(0x80 | (unit & 0x3F));
        } else {
            write(0xE0 | unit >> 12);
            write(0x80 | (unit >> 6 & 0x3F));
            write(0x80 | (unit & 0x3F));
        }
    }
}
