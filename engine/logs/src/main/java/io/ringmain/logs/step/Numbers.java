package io.ringmain.logs.step;

import io.ringmain.logs.Value;
import java.nio.charset.StandardCharsets;

/**
 * Reads numbers out of text that looks like one: {@code -12}, {@code 0.5}, {@code 1e3}. Allocates only for more digits than a double
 * surely has.
 */
final class Numbers {

    private static final double[] POWERS = powers();
    private static final long EXACT_MAX = 1L << 53;
    private static final long MANTISSA_MAX = Long.MAX_VALUE / 10 - 1;

    private Numbers() {}

    private static double[] powers() {
        // Up to here powers of ten are exact, and one operation with an exact number rounds once.
        double[] powers = new double[23];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = 10 * powers[i - 1];
        }
        return powers;
    }

    /**
     * Makes a number of text that looks like one; leaves other values as they are.
     *
     * @return whether it is a number then, and neither infinite nor none
     */
    static boolean read(Value value) {
        return switch (value.kind()) {
            case LONG -> true;
            case DOUBLE -> Double.isFinite(value.doubleValue());
            case TEXT -> parse(value);
            case MISSING, BOOLEAN, TIME, LEVEL -> false;
        };
    }

    private static boolean parse(Value value) {
        byte[] bytes = value.bytes();
        int offset = value.offset();
        int end = offset + value.length();
        boolean negative = offset < end && bytes[offset] == '-';
        int i = negative || (offset < end && bytes[offset] == '+') ? offset + 1 : offset;
        long mantissa = 0;
        boolean fits = true;
        int digits = 0;
        int point = -1;
        for (; i < end; i++) {
            int digit = bytes[i] - '0';
            if (digit >= 0 && digit <= 9) {
                digits++;
                fits &= mantissa <= MANTISSA_MAX;
                mantissa = fits ? 10 * mantissa + digit : mantissa;
            } else if (bytes[i] == '.' && point < 0 && digits > 0) {
                point = digits;
            } else {
                break;
            }
        }
        if (digits == 0 || point == digits) {
            return false;
        }
        if (i == end && point < 0 && fits) {
            value.setLong(negative ? -mantissa : mantissa);
            return true;
        }
        int exponent = exponent(bytes, i, end);
        if (exponent == Integer.MIN_VALUE) {
            return false;
        }
        exponent -= point < 0 ? 0 : digits - point;
        if (!fits || mantissa > EXACT_MAX || Math.abs(exponent) >= POWERS.length) {
            return parseSlowly(value, i == end && point < 0);
        }
        double number = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
        value.setDouble(negative ? -number : number);
        return true;
    }

    /** Reads what stands behind the digits: nothing, or an exponent; the least integer for anything else. */
    private static int exponent(byte[] bytes, int from, int end) {
        if (from == end) {
            return 0;
        }
        if ((bytes[from] | 0x20) != 'e') {
            return Integer.MIN_VALUE;
        }
        int i = from + 1;
        boolean negative = i < end && bytes[i] == '-';
        if (negative || (i < end && bytes[i] == '+')) {
            i++;
        }
        if (i == end) {
            return Integer.MIN_VALUE;
        }
        int exponent = 0;
        for (; i < end; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return Integer.MIN_VALUE;
            }
            exponent = Math.min(10_000, 10 * exponent + digit);
        }
        return negative ? -exponent : exponent;
    }

    private static boolean parseSlowly(Value value, boolean whole) {
        String text = new String(value.bytes(), value.offset(), value.length(), StandardCharsets.ISO_8859_1);
        if (whole && text.length() <= 20) {
            try {
                value.setLong(Long.parseLong(text));
                return true;
            } catch (NumberFormatException tooLarge) {
                // A whole number that is no long is read as a double.
            }
        }
        value.setDouble(Double.parseDouble(text));
        return Double.isFinite(value.doubleValue());
    }
}
