package io.ringmain.logs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Text as it stands in quotes: what of it stands for itself, and where its characters end. Thread: any. Never allocates. */
public final class PlainText {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = ONES << 7;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long BLANKS = ' ' * ONES;

    private PlainText() {}

    /**
     * Skips ASCII that stands for itself, eight bytes at a time.
     *
     * @return the index of the first quote, backslash, control character or byte that is not ASCII, or {@code end}
     */
    public static int skip(byte[] bytes, int from, int end) {
        int at = from;
        // May look at bytes behind the end, but not behind the array.
        int last = bytes.length - 8;
        while (at <= last) {
            long word = (long) LONGS.get(bytes, at);
            // The lowest high bit that is set is right; those above it may be set by a borrow.
            long found =
                    (((word ^ QUOTES) - ONES) | ((word ^ BACKSLASHES) - ONES) | (word - BLANKS) | word) & HIGH_BITS;
            if (found != 0) {
                return Math.min(end, at + (Long.numberOfTrailingZeros(found) >>> 3));
            }
            at += 8;
            if (at >= end) {
                return end;
            }
        }
        while (at < end && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
            at++;
        }
        return at;
    }

    /**
     * Returns the index behind the character at {@code at}, which is not ASCII, if it is one of UTF-8 (RFC 3629); if not, minus the
     * number of bytes that are to be replaced by one U+FFFD.
     */
    public static int behindCharacter(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xff;
        if (lead < 0xc2 || lead > 0xf4 || at + 1 >= end) {
            return -1;
        }
        int second = bytes[at + 1] & 0xff;
        // Not longer than needed, no surrogate, nothing above U+10FFFF.
        int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        if (second < least || second > most) {
            return -1;
        }
        int length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
        for (int i = 2; i < length; i++) {
            if (at + i >= end || (bytes[at + i] & 0xc0) != 0x80) {
                return -i;
            }
        }
        return at + length;
    }
}
