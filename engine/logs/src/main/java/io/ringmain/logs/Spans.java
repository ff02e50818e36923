package io.ringmain.logs;

import java.util.Arrays;

/** What one does with a stretch of bytes. */
final class Spans {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Spans() {}

    /**
     * FNV-1a with a final mix: our own, so that a group has the same hash in every version of the JDK. FNV alone leaves the low
     * bits, which tables use, depending on the low bits of the bytes only.
     */
    static long hash(byte[] bytes, int offset, int length) {
        long hash = FNV_OFFSET;
        for (int i = offset; i < offset + length; i++) {
            hash = (hash ^ (bytes[i] & 0xff)) * FNV_PRIME;
        }
        return hash ^ (hash >>> 32);
    }

    static boolean equal(byte[] a, int offset, int length, byte[] b) {
        return Arrays.equals(a, offset, offset + length, b, 0, b.length);
    }

    /** Whether the span is {@code upper}, a word in capitals, whatever the case of its ASCII letters. */
    static boolean equalIgnoringCase(byte[] bytes, int offset, int length, byte[] upper) {
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

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }
}
