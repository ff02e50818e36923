package io.ringmain.logs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** What one does with a stretch of bytes. Never allocates. */
public final class Spans {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;
    private static final long EACH_BYTE = 0x0101_0101_0101_0101L;
    private static final long EIGHTH_BITS = 0x8080_8080_8080_8080L;

    private Spans() {}

    /**
     * A hash that is the same in every version of the JDK and on every machine, eight bytes at a time: a multiplication mixes upwards, a
     * shift downwards. Not made to withstand somebody who searches for collisions.
     */
    public static long hash(byte[] bytes, int offset, int length) {
        long hash = length * MULTIPLIER;
        int i = offset;
        int end = offset + length;
        for (; i + 8 <= end; i += 8) {
            hash = mix(hash ^ (long) LONGS.get(bytes, i));
        }
        long rest = 0;
        for (int shift = 0; i < end; i++, shift += 8) {
            rest |= (bytes[i] & 0xffL) << shift;
        }
        return mix(hash ^ rest);
    }

    private static long mix(long hash) {
        long product = hash * MULTIPLIER;
        return product ^ (product >>> 32);
    }

    /** Whether the stretch has the same bytes as {@code b}. */
    public static boolean equal(byte[] a, int offset, int length, byte[] b) {
        return Arrays.equals(a, offset, offset + length, b, 0, b.length);
    }

    /** Whether the stretch is {@code upper}, a word in capitals, whatever the case of its ASCII letters. */
    public static boolean equalIgnoringCase(byte[] bytes, int offset, int length, byte[] upper) {
        if (length != upper.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            int b = bytes[offset + i];
            int capital = b >= 'a' && b <= 'z' ? b - ('a' - 'A') : b;
            if (capital != upper[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code b} is a space or a tab. */
    public static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    /** Returns up to eight bytes in one number, the first lowest; what is above {@code length} is zero. */
    public static long packed(byte[] bytes, int offset, int length) {
        if (length > 0 && offset + Long.BYTES <= bytes.length) {
            return (long) LONGS.get(bytes, offset) & (-1L >>> (Long.SIZE - Byte.SIZE * length));
        }
        long packed = 0;
        for (int i = length - 1; i >= 0; i--) {
            packed = (packed << Byte.SIZE) | (bytes[offset + i] & 0xff);
        }
        return packed;
    }

    /** Returns eight packed bytes with their ASCII letters as capitals. */
    public static long capitals(long packed) {
        // A sum over seven bits cannot reach the next byte; its eighth bit says whether the byte is as large (Warren,
        // Hacker's Delight, 6-1).
        long low = packed & ~EIGHTH_BITS;
        long atLeastA = low + (0x80 - 'a') * EACH_BYTE;
        long aboveZ = low + (0x7f - 'z') * EACH_BYTE;
        return packed ^ (((atLeastA ^ aboveZ) & ~packed & EIGHTH_BITS) >>> 2);
    }

    /** Returns where the first space or tab from {@code from} on is, {@code end} if there is none. */
    public static int blank(byte[] bytes, int from, int end) {
        int index = from;
        for (; index + Long.BYTES <= end; index += Long.BYTES) {
            long word = (long) LONGS.get(bytes, index);
            long found = zeroByte(word ^ ' ' * EACH_BYTE) | zeroByte(word ^ '\t' * EACH_BYTE);
            if (found != 0) {
                return index + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (index < end && !isBlank(bytes[index])) {
            index++;
        }
        return index;
    }

    /** Marks the first byte that is zero with its eighth bit, and maybe some above it (Mycroft). */
    private static long zeroByte(long word) {
        return (word - EACH_BYTE) & ~word & EIGHTH_BITS;
    }
}
