package io.ringmain.logs.parse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Bytes looked at eight at a time, as the bytes of a long, the first one lowest.
 *
 * <p>The idea (Mycroft, 1987; Warren, Hacker's Delight, 6-1): x - 0x01…01 borrows into the high bit of the bytes that are 0, and {@code
 * & ~x} takes away those that had it before. A borrow may also mark a byte above a 0, so only the lowest mark is to be trusted, which
 * is the only one that is asked for. A byte that is searched for becomes 0 by {@code ^}.
 *
 * <p>A read may pass the end of the line but not that of the array; what lies behind the line never changes a result. Thread: any.
 */
final class Words {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;
    private static final long BLANKS = ' ' * ONES;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long ZEROS = '0' * ONES;

    private Words() {}

    /** Returns the eight bytes from {@code index} on; 0 for those that the array does not have. */
    static long at(byte[] bytes, int index) {
        return index <= bytes.length - 8 ? (long) LONGS.get(bytes, index) : lastOf(bytes, index);
    }

    private static long lastOf(byte[] bytes, int index) {
        long word = 0;
        for (int i = bytes.length - 1; i >= index; i--) {
            word = word << 8 | (bytes[i] & 0xff);
        }
        return word;
    }

    /** Returns {@code text}, of at most eight ASCII characters, as {@link #at} would. */
    static long of(String text) {
        long word = 0;
        for (int i = text.length() - 1; i >= 0; i--) {
            word = word << 8 | text.charAt(i);
        }
        return word;
    }

    /** Returns where the first space is, or {@code end}. */
    static int blank(byte[] bytes, int from, int end) {
        int i = from;
        for (int last = Math.min(end, bytes.length - 7); i < last; i += 8) {
            long marks = zeros((long) LONGS.get(bytes, i) ^ BLANKS);
            if (marks != 0) {
                return Math.min(end, i + index(marks));
            }
        }
        while (i < end && bytes[i] != ' ') {
            i++;
        }
        return Math.min(i, end);
    }

    /** Returns where the quote is that ends what begins at {@code from}, or -1. What a backslash stands before is skipped. */
    static int quote(byte[] bytes, int from, int end) {
        int i = quoteOrBackslash(bytes, from, end);
        while (i < end && bytes[i] == '\\') {
            i = quoteOrBackslash(bytes, i + 2, end);
        }
        return i < end ? i : -1;
    }

    /** Returns where the first quote or backslash is, or something not below {@code end}. */
    static int quoteOrBackslash(byte[] bytes, int from, int end) {
        int i = from;
        for (int last = Math.min(end, bytes.length - 7); i < last; i += 8) {
            long word = (long) LONGS.get(bytes, i);
            long marks = zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES);
            if (marks != 0) {
                return i + index(marks);
            }
        }
        while (i < end && bytes[i] != '"' && bytes[i] != '\\') {
            i++;
        }
        return i;
    }

    /** Returns where the first byte is that is no digit, or {@code end}. */
    static int digitsEnd(byte[] bytes, int from, int end) {
        long word = at(bytes, from) ^ ZEROS;
        // 10 and more reach the high bit by 0x76, 0x8a and more would pass it and have it already.
        long marks = (word + 0x7676_7676_7676_7676L | word) & HIGHS;
        int i = from + index(marks);
        while (marks == 0 && i < end && bytes[i] >= '0' && bytes[i] <= '9') {
            i++;
        }
        return Math.min(i, end);
    }

    /** Returns the number that {@code count} digits are, from 1 to 18. */
    static long number(byte[] bytes, int from, int count) {
        if (count <= 8) {
            return upToEight(at(bytes, from) << (64 - 8 * count));
        }
        long value = 0;
        for (int i = from; i < from + count; i++) {
            value = 10 * value + (bytes[i] - '0');
        }
        return value;
    }

    /** The digits, the last one on top; pairs, then fours, then all eight are put together (Lemire, "parse eight digits"). */
    private static long upToEight(long word) {
        long pairs = ((word & 0x0f0f_0f0f_0f0f_0f0fL) * (1 + (10L << 8))) >>> 8;
        long fours = ((pairs & 0x00ff_00ff_00ff_00ffL) * (1 + (100L << 16))) >>> 16;
        return ((fours & 0x0000_ffff_0000_ffffL) * (1 + (10_000L << 32))) >>> 32;
    }

    private static long zeros(long word) {
        return word - ONES & ~word & HIGHS;
    }

    /** The index of the byte of the lowest mark; 8 if there is none. */
    private static int index(long marks) {
        return Long.numberOfTrailingZeros(marks) >>> 3;
    }
}
