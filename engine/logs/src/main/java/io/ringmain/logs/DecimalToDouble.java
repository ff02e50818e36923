package io.ringmain.logs;

import java.math.BigInteger;

/**
 * The double nearest to a decimal number, without allocating.
 *
 * <p>The idea: the significand, shifted to the left, times the first 128 bits of the power of five has enough bits to round by. That the
 * product is always exact enough is shown in Lemire, "Number parsing at a gigabyte per second" (2021), and Mushtak and Lemire, "Fast
 * number parsing without fallback" (2023), whose algorithm this is.
 */
final class DecimalToDouble {

    private static final int POWER_MIN = -342;
    private static final int POWER_MAX = 308;
    private static final long EXACT_MAX = 1L << 53;
    private static final double[] EXACT_POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private DecimalToDouble() {}

    /** Returns {@code significand}, an unsigned number, times ten to the power of {@code power}; infinite if that is too much. */
    static double of(long significand, int power) {
        if (significand >= 0 && significand <= EXACT_MAX && Math.abs(power) < EXACT_POWERS.length) {
            // Both are exact, so the one operation rounds rightly.
            return power < 0 ? significand / EXACT_POWERS[-power] : significand * EXACT_POWERS[power];
        }
        if (significand == 0 || power < POWER_MIN) {
            return 0;
        }
        return power > POWER_MAX ? Double.POSITIVE_INFINITY : nearest(significand, power);
    }

    private static double nearest(long significand, int power) {
        int zeros = Long.numberOfLeadingZeros(significand);
        long shifted = significand << zeros;
        int row = 2 * (power - POWER_MIN);
        long high = multiplyHigh(shifted, Fives.BITS[row]);
        long low = shifted * Fives.BITS[row];
        if ((high & 0x1ff) == 0x1ff) {
            long more = multiplyHigh(shifted, Fives.BITS[row + 1]);
            low += more;
            high += Long.compareUnsigned(more, low) > 0 ? 1 : 0;
        }
        int upper = (int) (high >>> 63);
        long mantissa = high >>> (upper + 9);
        int exponent = ((217_706 * power) >> 16) + 63 + upper - zeros + 1023;
        if (exponent <= 0) {
            return subnormal(mantissa, exponent);
        }
        boolean isHalfway = Long.compareUnsigned(low, 1) <= 0
                && power >= -4
                && power <= 23
                && (mantissa & 3) == 1
                && mantissa << (upper + 9) == high;
        long rounded = isHalfway ? mantissa >>> 1 : (mantissa + 1) >>> 1;
        if (rounded == 1L << 53) {
            rounded >>>= 1;
            exponent++;
        }
        return exponent >= 0x7ff
                ? Double.POSITIVE_INFINITY
                : Double.longBitsToDouble((rounded & ~(1L << 52)) | (long) exponent << 52);
    }

    private static double subnormal(long mantissa, int exponent) {
        if (1 - exponent >= 64) {
            return 0;
        }
        // What is rounded up to the least normal number has its bits too.
        return Double.longBitsToDouble(((mantissa >>> (1 - exponent)) + 1) >>> 1);
    }

    private static long multiplyHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
    }

    /** The first 128 bits of the powers of five, two longs each; made when the first number needs them. */
    private static final class Fives {

        static final long[] BITS = bits();

        private static long[] bits() {
            long[] bits = new long[2 * (POWER_MAX - POWER_MIN + 1)];
            BigInteger five = BigInteger.valueOf(5);
            BigInteger power = BigInteger.ONE;
            for (int exponent = 0; exponent <= -POWER_MIN; exponent++) {
                if (exponent <= POWER_MAX) {
                    put(bits, exponent, power);
                }
                if (exponent > 0) {
                    int length = power.bitLength();
                    // Rounded up, the quotient of 2 to a power that leaves more than 128 bits.
                    int shift = exponent <= 27 ? length + 127 : 2 * length + 128;
                    put(
                            bits,
                            -exponent,
                            BigInteger.ONE.shiftLeft(shift).divide(power).add(BigInteger.ONE));
                }
                power = power.multiply(five);
            }
            return bits;
        }

        private static void put(long[] bits, int exponent, BigInteger number) {
            BigInteger first = number.shiftRight(number.bitLength() - 128);
            int row = 2 * (exponent - POWER_MIN);
            bits[row] = first.shiftRight(64).longValue();
            bits[row + 1] = first.longValue();
        }
    }
}
