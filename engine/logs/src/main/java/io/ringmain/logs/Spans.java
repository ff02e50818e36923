package io.ringmain.logs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** What one does with a stretch of bytes. Never allocates. */
public final class Spans {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

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
}
