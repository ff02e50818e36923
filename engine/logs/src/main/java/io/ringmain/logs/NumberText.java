package io.ringmain.logs;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Numbers as text: read from bytes, and written to bytes. Exact both ways: what is read is the number nearest to the text, what is
 * written is the shortest text that is read as the same number. Never allocates. Thread: any.
 */
public final class NumberText {

    /** The most bytes that a number is written with: {@value}. */
    public static final int LENGTH_MAX = 26;

    private static final int DIGITS_MAX = 19;
    private static final int EXPONENT_MAX = 10_000_000;

    private NumberText() {}

    /**
     * Reads digits with an optional sign before, fraction and exponent behind, all of the stretch: {@code 42}, {@code -0.5},
     * {@code 1e3}. Whole numbers without fraction and exponent that a long holds become one; all others a double.
     *
     * @return {@code false}, and {@code into} is missing, if the text is no number or beyond all doubles
     */
    public static boolean parse(byte[] bytes, int offset, int length, Value into) {
        int end = offset + length;
        int first = length > 0 && (bytes[offset] == '-' || bytes[offset] == '+') ? offset + 1 : offset;
        int whole = digits(bytes, first, end);
        if (whole == end && whole - first > 0 && whole - first < DIGITS_MAX) {
            long number = 0;
            for (int i = first; i < end; i++) {
                number = number * 10 + (bytes[i] - '0');
            }
            into.setLong(bytes[offset] == '-' ? -number : number);
            return true;
        }
        if (whole == first) {
            into.setMissing();
            return false;
        }
        return parseLonger(bytes, offset, end, into);
    }

    private static int digits(byte[] bytes, int from, int end) {
        int index = from;
        while (index < end && bytes[index] >= '0' && bytes[index] <= '9') {
            index++;
        }
        return index;
    }

    private static boolean parseLonger(byte[] bytes, int offset, int end, Value into) {
        into.setMissing();
        int first = bytes[offset] == '-' || bytes[offset] == '+' ? offset + 1 : offset;
        int whole = digits(bytes, first, end);
        int fraction = whole;
        if (whole < end && bytes[whole] == '.') {
            fraction = digits(bytes, whole + 1, end);
            if (fraction == whole + 1) {
                return false;
            }
        }
        int exponent = fraction;
        if (fraction < end && (bytes[fraction] == 'e' || bytes[fraction] == 'E')) {
            int digits = fraction + 1;
            digits += digits < end && (bytes[digits] == '-' || bytes[digits] == '+') ? 1 : 0;
            exponent = digits(bytes, digits, end);
            if (exponent == digits) {
                return false;
            }
        }
        if (exponent != end) {
            return false;
        }
        boolean negative = bytes[offset] == '-';
        return (whole == end && parseLong(bytes, first, end, negative, into))
                || parseDouble(bytes, offset, fraction, exponent, into);
    }

    private static boolean parseLong(byte[] bytes, int first, int end, boolean negative, Value into) {
        // Counted with negative numbers, of which there is one more.
        long number = 0;
        for (int i = first; i < end; i++) {
            int digit = bytes[i] - '0';
            if (number < Long.MIN_VALUE / 10 || number * 10 < Long.MIN_VALUE + digit) {
                return false;
            }
            number = number * 10 - digit;
        }
        if (!negative && number == Long.MIN_VALUE) {
            return false;
        }
        into.setLong(negative ? number : -number);
        return true;
    }

    /** {@code digits} is where sign, digits and point end. */
    private static boolean parseDouble(byte[] bytes, int offset, int digits, int end, Value into) {
        long significand = 0;
        int count = 0;
        int power = 0;
        boolean isCut = false;
        boolean isFraction = false;
        for (int i = offset; i < digits; i++) {
            int digit = bytes[i] - '0';
            if (bytes[i] == '.') {
                isFraction = true;
            } else if (digit >= 0 && count < DIGITS_MAX) {
                significand = significand * 10 + digit;
                count += significand == 0 ? 0 : 1;
                power -= isFraction ? 1 : 0;
            } else if (digit >= 0) {
                isCut |= digit != 0;
                power += isFraction ? 0 : 1;
            }
        }
        double number = DecimalToDouble.of(significand, power + exponent(bytes, digits, end));
        if (isCut && number != DecimalToDouble.of(significand + 1, power + exponent(bytes, digits, end))) {
            // The digits that were cut off decide. Nobody measures to twenty digits; so this may allocate.
            number = Math.abs(Double.parseDouble(new String(bytes, offset, end - offset, StandardCharsets.US_ASCII)));
        }
        if (Double.isInfinite(number)) {
            return false;
        }
        into.setDouble(bytes[offset] == '-' ? -number : number);
        return true;
    }

    private static int exponent(byte[] bytes, int from, int end) {
        if (from == end) {
            return 0;
        }
        boolean negative = bytes[from + 1] == '-';
        int exponent = 0;
        for (int i = from + 1; i < end; i++) {
            if (bytes[i] >= '0') {
                exponent = Math.min(EXPONENT_MAX, exponent * 10 + (bytes[i] - '0'));
            }
        }
        return negative ? -exponent : exponent;
    }

    /** Writes a whole number; returns the offset behind it. There must be room for {@value #LENGTH_MAX} bytes. */
    public static int write(long value, byte[] to, int offset) {
        int begin = offset;
        if (value < 0) {
            to[begin++] = '-';
        }
        // Counted with negative numbers, of which there is one more.
        long rest = value < 0 ? value : -value;
        int end = begin + 1;
        for (long more = rest / 10; more != 0; more /= 10) {
            end++;
        }
        for (int i = end - 1; i >= begin; i--) {
            to[i] = (byte) ('0' - rest % 10);
            rest /= 10;
        }
        return end;
    }

    /**
     * Writes a number with as few digits as tell it from all others, in the forms of {@link Double#toString(double)}: {@code 0.5},
     * {@code 1.0E10}, {@code NaN}, {@code Infinity}. Returns the offset behind it. There must be room for {@value #LENGTH_MAX} bytes.
     */
    public static int write(double value, byte[] to, int offset) {
        return DoubleToDecimal.write(value, to, offset);
    }

    /**
     * Returns a number as people write it, with as many digits as it takes: {@code 12.5}, {@code 3} for a whole one; {@code NaN} and
     * {@code Infinity} as {@link Double#toString(double)}. Allocates.
     */
    public static String plain(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Double.toString(number);
        }
        BigDecimal decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        return decimal.scale() < -20 || decimal.scale() > 20 ? decimal.toString() : decimal.toPlainString();
    }
}
