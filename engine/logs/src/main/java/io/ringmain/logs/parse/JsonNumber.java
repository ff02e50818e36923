package io.ringmain.logs.parse;

import io.ringmain.logs.NumberText;
import io.ringmain.logs.Value;

/**
 * Numbers of JSON. A number without point and exponent is whole if a {@code long} holds it; every other is a double, if that is not
 * infinite.
 *
 * <p>Thread: one lane. Allocates only where {@link NumberText#parse} does.
 */
final class JsonNumber {

    /** What a number is. */
    enum Kind {
        WHOLE,
        DECIMAL,
        /** No long and no double holds it. */
        TOO_LARGE
    }

    // Of whole numbers up to 2^53 and powers of ten up to 10^22 doubles are exact, so that a division rounds once, and
    // rightly.
    private static final long EXACT_MAX = 1L << 53;
    private static final double[] POWERS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18
    };
    private static final int DIGITS_MAX = POWERS.length - 1;

    private final Value value = new Value();
    private Kind kind = Kind.WHOLE;
    private long whole;
    private double decimal;

    Kind kind() {
        return kind;
    }

    long whole() {
        return whole;
    }

    double decimal() {
        return decimal;
    }

    /** Reads the number at {@code from}; returns the index behind it, or -1 if there is none. */
    int read(byte[] bytes, int from, int end) {
        int behind = readShort(bytes, from, end);
        return behind >= 0 ? behind : readAny(bytes, from, end);
    }

    /** Reads a number of at most 18 digits without an exponent, as most are; -1 if it is none, or not so. */
    private int readShort(byte[] bytes, int from, int end) {
        boolean isNegative = bytes[from] == '-';
        int first = isNegative ? from + 1 : from;
        long digits = 0;
        int at = first;
        int digit;
        while (at < end && (digit = bytes[at] - '0') >= 0 && digit <= 9) {
            digits = 10 * digits + digit;
            at++;
        }
        int wholeDigits = at - first;
        int fractionDigits = 0;
        if (at < end && bytes[at] == '.') {
            int fraction = ++at;
            while (at < end && (digit = bytes[at] - '0') >= 0 && digit <= 9) {
                digits = 10 * digits + digit;
                at++;
            }
            fractionDigits = at - fraction;
            if (fractionDigits == 0) {
                return -1;
            }
        }
        boolean isShort = wholeDigits > 0 && wholeDigits + fractionDigits <= DIGITS_MAX;
        if (!isShort || (wholeDigits > 1 && bytes[first] == '0') || (at < end && (bytes[at] | 0x20) == 'e')) {
            return -1;
        }
        if (fractionDigits == 0) {
            kind = Kind.WHOLE;
            whole = isNegative ? -digits : digits;
            return at;
        }
        if (digits > EXACT_MAX) {
            return -1;
        }
        double size = digits / POWERS[fractionDigits];
        kind = Kind.DECIMAL;
        decimal = isNegative ? -size : size;
        return at;
    }

    private int readAny(byte[] bytes, int from, int end) {
        int behind = check(bytes, from, end);
        if (behind < 0) {
            return -1;
        }
        if (!NumberText.parse(bytes, from, behind - from, value)) {
            kind = Kind.TOO_LARGE;
        } else if (value.kind() == Value.Kind.LONG) {
            kind = Kind.WHOLE;
            whole = value.longValue();
        } else {
            kind = isWhole(bytes, from, behind) ? Kind.TOO_LARGE : Kind.DECIMAL;
            decimal = value.doubleValue();
        }
        return behind;
    }

    private static boolean isWhole(byte[] bytes, int from, int end) {
        return digits(bytes, bytes[from] == '-' ? from + 1 : from, end) == end;
    }

    /** Returns the index behind the number at {@code from}, or -1 if there is none. */
    static int check(byte[] bytes, int from, int end) {
        int first = bytes[from] == '-' ? from + 1 : from;
        int at = digits(bytes, first, end);
        if (at == first || (bytes[first] == '0' && at > first + 1)) {
            return -1;
        }
        if (at < end && bytes[at] == '.') {
            int fraction = at + 1;
            at = digits(bytes, fraction, end);
            if (at == fraction) {
                return -1;
            }
        }
        if (at < end && (bytes[at] | 0x20) == 'e') {
            int sign = at + 1;
            int exponent = sign < end && (bytes[sign] == '-' || bytes[sign] == '+') ? sign + 1 : sign;
            at = digits(bytes, exponent, end);
            if (at == exponent) {
                return -1;
            }
        }
        return at;
    }

    /** Returns the index behind the digits from {@code from} on. */
    private static int digits(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }
}
