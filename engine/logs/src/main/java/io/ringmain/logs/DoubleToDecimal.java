package io.ringmain.logs;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * The shortest decimal number that is nearest to a double, without allocating.
 *
 * <p>The idea: of the decimals of one length at most a few lie nearer to the double than to its neighbours. They are found from the
 * products of the double and the borders of its interval with a power of ten, of which 126 bits are enough. This is Schubfach, as
 * in Giulietti, "The Schubfach way to render doubles" (2020).
 */
final class DoubleToDecimal {

    private static final int Q_MIN = -1074;
    private static final long C_MIN = 1L << 52;
    private static final long LOW_63 = (1L << 63) - 1;
    private static final byte[] NAN = "NaN".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] INFINITY = "Infinity".getBytes(StandardCharsets.US_ASCII);

    private DoubleToDecimal() {}

    static int write(double value, byte[] to, int offset) {
        if (Double.isNaN(value)) {
            return put(NAN, to, offset);
        }
        long bits = Double.doubleToRawLongBits(value);
        int at = offset;
        if (bits < 0) {
            to[at++] = '-';
        }
        int exponent = (int) (bits >>> 52) & 0x7ff;
        long fraction = bits & (C_MIN - 1);
        if (exponent == 0x7ff) {
            return put(INFINITY, to, at);
        }
        if (exponent == 0) {
            if (fraction == 0) {
                return writeDigits(0, 0, to, at);
            }
            // The two least numbers have too few bits; ten times as many and one place less.
            return fraction < 3
                    ? writeShortest(Q_MIN, 10 * fraction, -1, to, at)
                    : writeShortest(Q_MIN, fraction, 0, to, at);
        }
        int q = exponent + Q_MIN - 1;
        long c = C_MIN | fraction;
        if (q < 0 && q > -53 && Long.numberOfTrailingZeros(c) >= -q) {
            return writeDigits(c >> -q, 0, to, at);
        }
        return writeShortest(q, c, 0, to, at);
    }

    private static int put(byte[] word, byte[] to, int offset) {
        System.arraycopy(word, 0, to, offset, word.length);
        return offset + word.length;
    }

    /** Writes {@code c} times two to the power of {@code q}. */
    private static int writeShortest(int q, long c, int shift, byte[] to, int offset) {
        boolean isRegular = c != C_MIN || q == Q_MIN;
        // The logarithms, rounded down, of 2^q and, where the lower neighbour is nearer, of 3/4 of it.
        int k = (int) ((q * 661_971_961_083L - (isRegular ? 0 : 274_743_187_321L)) >> 41);
        int h = q + floorLog2OfPower10(-k) + 2;
        long high = Tens.BITS[2 * (k - Tens.K_MIN)];
        long low = Tens.BITS[2 * (k - Tens.K_MIN) + 1];
        int out = (int) c & 1;
        long c4 = c << 2;
        long value = product(high, low, c4 << h);
        long lower = product(high, low, (c4 - (isRegular ? 2 : 1)) << h) + out;
        long upper = product(high, low, (c4 + 2) << h) - out;
        long down = value >> 2;
        if (down >= 100) {
            long shorter = down / 10 * 10;
            boolean isDown = lower <= shorter << 2;
            boolean isUp = (shorter + 10) << 2 <= upper;
            if (isDown != isUp) {
                return writeDigits(isDown ? shorter : shorter + 10, k + shift, to, offset);
            }
        }
        boolean isDown = lower <= down << 2;
        boolean isUp = (down + 1) << 2 <= upper;
        if (isDown == isUp) {
            long middle = value - ((2 * down + 1) << 1);
            isDown = middle < 0 || (middle == 0 && (down & 1) == 0);
        }
        return writeDigits(isDown ? down : down + 1, k + shift, to, offset);
    }

    /** The product's upper bits, the last of which says whether there are others. */
    private static long product(long high, long low, long factor) {
        long z = ((high * factor) >>> 1) + Math.multiplyHigh(low, factor);
        long w = Math.multiplyHigh(high, factor) + (z >>> 63);
        return w | (((z & LOW_63) + LOW_63) >>> 63);
    }

    private static int floorLog2OfPower10(int e) {
        return (int) ((e * 913_124_641_741L) >> 38);
    }

    /** Writes {@code digits} times ten to the power of {@code power}. */
    private static int writeDigits(long digits, int power, byte[] to, int offset) {
        long shortest = digits;
        int exponent = power;
        while (shortest != 0 && shortest % 10 == 0) {
            shortest /= 10;
            exponent++;
        }
        int end = NumberText.write(shortest, to, offset);
        int count = end - offset;
        // Where the point stands, counted from the first digit.
        int point = shortest == 0 ? 1 : exponent + count;
        if (point > 7 || point < -2) {
            return writeScientific(to, offset, count, point - 1);
        }
        if (point <= 0) {
            System.arraycopy(to, offset, to, offset + 2 - point, count);
            zeros(to, offset, 2 - point);
            to[offset + 1] = '.';
            return end + 2 - point;
        }
        if (count <= point) {
            zeros(to, end, point - count);
            to[offset + point] = '.';
            to[offset + point + 1] = '0';
            return offset + point + 2;
        }
        System.arraycopy(to, offset + point, to, offset + point + 1, count - point);
        to[offset + point] = '.';
        return end + 1;
    }

    private static int writeScientific(byte[] to, int offset, int count, int exponent) {
        int rest = Math.max(1, count - 1);
        if (count == 1) {
            to[offset + 2] = '0';
        } else {
            System.arraycopy(to, offset + 1, to, offset + 2, rest);
        }
        to[offset + 1] = '.';
        to[offset + 2 + rest] = 'E';
        return NumberText.write(exponent, to, offset + 3 + rest);
    }

    private static void zeros(byte[] to, int from, int count) {
        for (int i = from; i < from + count; i++) {
            to[i] = '0';
        }
    }

    /** 126 bits of ten to the power of -k, two longs of 63 each; made when the first number needs them. */
    private static final class Tens {

        static final int K_MIN = -324;
        static final int K_MAX = 292;
        static final long[] BITS = bits();

        private static long[] bits() {
            long[] bits = new long[2 * (K_MAX - K_MIN + 1)];
            for (int k = K_MIN; k <= K_MAX; k++) {
                int shift = 125 - floorLog2OfPower10(-k);
                BigInteger ten = BigInteger.TEN.pow(Math.abs(k));
                BigInteger g = (k <= 0
                                ? ten.shiftLeft(shift)
                                : BigInteger.ONE.shiftLeft(shift).divide(ten))
                        .add(BigInteger.ONE);
                bits[2 * (k - K_MIN)] = g.shiftRight(63).longValue();
                bits[2 * (k - K_MIN) + 1] = g.longValue() & LOW_63;
            }
            return bits;
        }
    }
}
