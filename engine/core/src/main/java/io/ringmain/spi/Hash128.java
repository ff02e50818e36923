package io.ringmain.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A hash of 128 bits, the same on every machine: MurmurHash3 x64 128 (A. Appleby, public domain). It is made to tell bytes apart, not to withstand who wants
 * to deceive it.
 *
 * <p>Thread: one at a time; {@link #of} leaves its result in {@link #low} and {@link #high}, so that nothing is allocated.
 */
final class Hash128 {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long C1 = 0x87C37B91114253D5L;
    private static final long C2 = 0x4CF5AD432745937FL;

    long low;
    long high;

    /** Hashes the first {@code length} of {@code bytes}. */
    void of(byte[] bytes, int length) {
        long h1 = 0;
        long h2 = 0;
        int whole = length & ~15;
        for (int i = 0; i < whole; i += 16) {
            h1 ^= mixFirst((long) LONGS.get(bytes, i));
            h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52DCE729;
            h2 ^= mixSecond((long) LONGS.get(bytes, i + 8));
            h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495AB5;
        }
        h2 ^= mixSecond(rest(bytes, whole + 8, length));
        h1 ^= mixFirst(rest(bytes, whole, Math.min(length, whole + 8)));
        h1 ^= length;
        h2 ^= length;
        h1 += h2;
        h2 += h1;
        h1 = mix(h1);
        h2 = mix(h2);
        low = h1 + h2;
        high = h2 + low;
    }

    private static long mixFirst(long value) {
        return Long.rotateLeft(value * C1, 31) * C2;
    }

    private static long mixSecond(long value) {
        return Long.rotateLeft(value * C2, 33) * C1;
    }

    /** The bytes from {@code from} to before {@code to}, fewer than eight or none, as a number; none is 0, which changes nothing. */
    private static long rest(byte[] bytes, int from, int to) {
        long value = 0;
        for (int i = to - 1; i >= from; i--) {
            value = value << 8 | (bytes[i] & 0xFF);
        }
        return value;
    }

    /** What {@code before} becomes when {@code next} comes behind it. */
    static long chain(long before, long next) {
        return mix(before * C1 + next);
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 33) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ mixed >>> 33;
    }
}
