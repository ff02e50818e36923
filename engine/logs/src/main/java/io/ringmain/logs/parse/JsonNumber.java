package io.ringmain.logs.parse;

import io.ringmain.logs.Decimals;
import java.nio.charset.StandardCharsets;

/**
 * Numbers of JSON. A number without point and exponent is whole if a {@code long} holds it; every other is a double, if that is not
 * infinite.
 *
 * <p>Thread: one lane. Allocates for the very few numbers that {@link Decimals#nearest} cannot decide.
 */
final class JsonNumber {

    /** What a number is. */
    enum Kind {
        WHOLE,
        DECIMAL,
        /** No long and no double holds it. */
        TOO_LARGE
    }

    private static final int DIGITS_MAX = 19;

    // Beyond what the digits of the longest line could make up for.
    private static final int EXPONENT_MAX = 10_000_000;

    private Kind kind = Kind.WHOLE;
    private long whole;
    private double decimal;

    // Of the number that is being read: its first 19 digits, how many digits there are from the first that is not 0,
    // and the power of
    // ten of the last of the 19.
    private long digits;
    private int digitCount;
    private int power;
    private boolean isWhole;

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
        long value = 0;
        int at = first;
        int digit;
        while (at < end && (digit = bytes[at] - '0') >= 0 && digit <= 9) {
            value = 10 * value + digit;
            at++;
        }
        int wholeDigits = at - first;
        int fractionDigits = 0;
        if (at < end && bytes[at] == '.') {
            int fraction = ++at;
            while (at < end && (digit = bytes[at] - '0') >= 0 && digit <= 9) {
                value = 10 * value + digit;
                at++;
            }
            fractionDigits = at - fraction;
            if (fractionDigits == 0) {
                return -1;
            }
        }
        boolean isShort = wholeDigits > 0 && wholeDigits + fractionDigits < DIGITS_MAX;
        if (!isShort || (wholeDigits > 1 && bytes[first] == '0') || (at < end && (bytes[at] | 0x20) == 'e')) {
            return -1;
        }
        if (fractionDigits == 0) {
            kind = Kind.WHOLE;
            whole = isNegative ? -value : value;
            return at;
        }
        double size = Decimals.nearest(value, -fractionDigits);
        kind = Kind.DECIMAL;
        decimal = isNegative ? -size : size;
        return Double.isNaN(size) ? -1 : at;
    }

    private int readAny(byte[] bytes, int from, int end) {
        int behind = check(bytes, from, end);
        if (behind >= 0) {
            boolean isNegative = bytes[from] == '-';
            if (isWhole) {
                setWhole(isNegative);
            } else {
                setDecimal(bytes, from, behind, isNegative);
            }
        }
        return behind;
    }

    /** As {@link #read}, but only to know whether there is a number and where it ends. */
    int check(byte[] bytes, int from, int end) {
        int first = bytes[from] == '-' ? from + 1 : from;
        digits = 0;
        digitCount = 0;
        power = 0;
        isWhole = true;
        int at = digits(bytes, first, end);
        if (at == first || (bytes[first] == '0' && at > first + 1)) {
            return -1;
        }
        if (at < end && bytes[at] == '.') {
            isWhole = false;
            int fraction = at + 1;
            at = digits(bytes, fraction, end);
            if (at == fraction) {
                return -1;
            }
            // The digits that were not taken have raised the power.
            power -= at - fraction;
        }
        if (at < end && (bytes[at] | 0x20) == 'e') {
            isWhole = false;
            at = exponent(bytes, at + 1, end);
        }
        return at;
    }

    /** Takes digits; returns the index behind the last. */
    private int digits(byte[] bytes, int from, int end) {
        int at = from;
        for (; at < end; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            if (digitCount < DIGITS_MAX) {
                digits = 10 * digits + digit;
                digitCount += digits == 0 ? 0 : 1;
            } else {
                digitCount++;
                power++;
            }
        }
        return at;
    }

    private int exponent(byte[] bytes, int from, int end) {
        int at = from;
        boolean isNegative = at < end && bytes[at] == '-';
        if (isNegative || (at < end && bytes[at] == '+')) {
            at++;
        }
        int first = at;
        int exponent = 0;
        for (; at < end && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
            exponent = Math.min(10 * exponent + bytes[at] - '0', EXPONENT_MAX);
        }
        power += isNegative ? -exponent : exponent;
        return at == first ? -1 : at;
    }

    private void setWhole(boolean isNegative) {
        // Nineteen digits may pass the largest long, and are negative then; one of them is the smallest long.
        boolean fits = digitCount <= DIGITS_MAX && (digits >= 0 || (isNegative && digits == Long.MIN_VALUE));
        kind = fits ? Kind.WHOLE : Kind.TOO_LARGE;
        whole = isNegative ? -digits : digits;
    }

    private void setDecimal(byte[] bytes, int from, int end, boolean isNegative) {
        double size = Decimals.nearest(digits, power);
        if (digitCount > DIGITS_MAX && size != Decimals.nearest(digits + 1, power)) {
            size = Double.NaN;
        }
        if (Double.isNaN(size)) {
            size = Math.abs(Double.parseDouble(new String(bytes, from, end - from, StandardCharsets.ISO_8859_1)));
        }
        kind = size == Double.POSITIVE_INFINITY ? Kind.TOO_LARGE : Kind.DECIMAL;
        decimal = isNegative ? -size : size;
    }
}
