package io.ringmain.logs;

/**
 * Numbers that are not whole, from decimal digits and to them: exact both ways, and without allocating.
 *
 * <p>Thread: any; it keeps nothing. The first use makes a table of 18 KiB.
 */
public final class Decimals {

    // From digits: the algorithm of Eisel and Lemire (D. Lemire, "Number Parsing at a Gigabyte per Second", 2021): the
    // digits times a
    // power of ten of 128 bits, which tells the nearest double except where the product is too near to the middle
    // between two.
    // To digits: Schubfach (R. Giulietti, "The Schubfach way to render doubles", 2020; in the JDK since 19): of the
    // decimals that
    // read back as the same double the shortest, and of those the nearest.

    /** The most bytes that {@link #put} writes: {@value}. */
    public static final int BYTES_MAX = 26;

    private static final int FRACTION_BITS = 52;
    private static final long FRACTION_MASK = (1L << FRACTION_BITS) - 1;
    private static final int EXPONENT_MAX = 0x7ff;
    private static final long EXACT_MAX = 1L << 53;
    private static final int Q_MIN = -1074;
    private static final long MASK_63 = Long.MAX_VALUE;
    private static final int EXACT_POWER_MAX = 22;
    private static final double[] EXACT_POWERS = exactPowers();

    // Decimal exponents of the first digit between which a number is written without an exponent.
    private static final int PLAIN_MIN = -6;
    private static final int PLAIN_MAX = 15;

    private Decimals() {}

    private static double[] exactPowers() {
        double[] powers = new double[EXACT_POWER_MAX + 1];
        double power = 1;
        for (int i = 0; i < powers.length; i++) {
            powers[i] = power;
            power *= 10;
        }
        return powers;
    }

    /**
     * Returns the double nearest to {@code digits} × 10^{@code exponent}, infinite if it is too large.
     *
     * @param digits the decimal digits as a number without a sign, so that 19 of them always fit
     * @return NaN in the rare case that only longer arithmetic can tell
     */
    public static double nearest(long digits, int exponent) {
        if (digits >= 0 && digits <= EXACT_MAX && exponent >= -EXACT_POWER_MAX && exponent <= EXACT_POWER_MAX) {
            // Both are exact as doubles, so that there is one rounding only.
            return exponent < 0 ? digits / EXACT_POWERS[-exponent] : digits * EXACT_POWERS[exponent];
        }
        if (digits == 0 || exponent < -400) {
            return 0;
        }
        if (exponent > 400) {
            return Double.POSITIVE_INFINITY;
        }
        return exponent < PowersOfTen.EXPONENT_MIN || exponent > PowersOfTen.EXPONENT_MAX
                ? Double.NaN
                : byProduct(digits, exponent);
    }

    private static double byProduct(long digits, int exponent) {
        int zeros = Long.numberOfLeadingZeros(digits);
        long man = digits << zeros;
        long hi = unsignedHigh(man, PowersOfTen.high(exponent));
        long lo = man * PowersOfTen.high(exponent);
        if ((hi & 0x1ff) == 0x1ff && Long.compareUnsigned(lo + man, man) < 0) {
            long lower = PowersOfTen.low(exponent);
            long mergedLo = lo + unsignedHigh(man, lower);
            long mergedHi = Long.compareUnsigned(mergedLo, lo) < 0 ? hi + 1 : hi;
            if ((mergedHi & 0x1ff) == 0x1ff && mergedLo == -1 && Long.compareUnsigned(man * lower + man, man) < 0) {
                return Double.NaN;
            }
            hi = mergedHi;
            lo = mergedLo;
        }
        int top = (int) (hi >>> 63);
        long fraction = hi >>> (top + 9);
        if (lo == 0 && (hi & 0x1ff) == 0 && (fraction & 3) == 1) {
            return Double.NaN;
        }
        fraction = (fraction + (fraction & 1)) >>> 1;
        long binary = ((217_706L * exponent) >> 16) + 64 + 1023 - zeros - (1 ^ top);
        if (fraction >>> 53 != 0) {
            fraction >>>= 1;
            binary++;
        }
        // Too small and too large numbers are rounded otherwise.
        return binary < 1 || binary >= EXPONENT_MAX
                ? Double.NaN
                : Double.longBitsToDouble(binary << FRACTION_BITS | (fraction & FRACTION_MASK));
    }

    /**
     * Writes a number: the shortest decimal that reads back as the same double, always with a point, so {@code 1.0}, {@code 0.057} or
     * {@code 1.0E20}. Not a number and infinite are {@code NaN}, {@code Infinity} and {@code -Infinity}.
     *
     * @param to has room for {@value #BYTES_MAX} bytes from {@code offset} on
     * @return the offset behind it
     */
    public static int put(double value, byte[] to, int offset) {
        long bits = Double.doubleToRawLongBits(value);
        int at = offset;
        if (Double.isNaN(value)) {
            return putAscii("NaN", to, at);
        }
        if (bits < 0) {
            to[at++] = '-';
        }
        double size = Math.abs(value);
        if (size == Double.POSITIVE_INFINITY) {
            return putAscii("Infinity", to, at);
        }
        if (size < EXACT_MAX && size == (long) size) {
            at = putDigits((long) size, countDigits((long) size), to, at);
            return putAscii(".0", to, at);
        }
        int biased = (int) (bits >>> FRACTION_BITS) & EXPONENT_MAX;
        long fraction = bits & FRACTION_MASK;
        return biased == 0
                ? shortest(Q_MIN, fraction, fraction, to, at)
                : shortest(Q_MIN - 1 + biased, fraction | 1L << FRACTION_BITS, fraction, to, at);
    }

    /** Writes the shortest decimal of {@code c} × 2^{@code q}; the names are those of the paper. */
    private static int shortest(int q, long c, long fraction, byte[] to, int offset) {
        long out = c & 1;
        long cb = c << 2;
        boolean isRegular = fraction != 0 || q == Q_MIN;
        long cbl = isRegular ? cb - 2 : cb - 1;
        int k = isRegular ? log10OfPowerOf2(q) : log10OfThreeQuartersOfPowerOf2(q);
        int h = q + log2OfPowerOf10(-k) + 2;
        // The paper's g: 126 bits of 10^-k, rounded up, in two parts of 63 bits.
        long high = PowersOfTen.high(-k);
        long low = PowersOfTen.low(-k);
        long g1 = high >>> 1;
        long g0 = ((high & 1) << 62 | low >>> 2) + 1;
        if (g0 < 0) {
            g0 = 0;
            g1++;
        }
        long vb = roundToOdd(g1, g0, cb << h);
        long lower = roundToOdd(g1, g0, cbl << h) + out;
        long upper = roundToOdd(g1, g0, (cb + 2) << h) - out;
        return putDecimal(digits(vb, lower, upper), k, to, offset);
    }

    /** Of the numbers whose fourfold is between the two bounds the one with a 0 at its end, else the one that is nearest. */
    private static long digits(long vb, long lower, long upper) {
        long s = vb >> 2;
        if (s >= 100) {
            long sp10 = s / 10 * 10;
            long tp10 = sp10 + 10;
            boolean upIn = lower <= sp10 << 2;
            boolean wpIn = tp10 << 2 <= upper;
            if (upIn != wpIn) {
                return upIn ? sp10 : tp10;
            }
        }
        long t = s + 1;
        boolean uIn = lower <= s << 2;
        boolean wIn = t << 2 <= upper;
        if (uIn != wIn) {
            return uIn ? s : t;
        }
        long middle = vb - ((s + t) << 1);
        return middle < 0 || (middle == 0 && (s & 1) == 0) ? s : t;
    }

    private static long roundToOdd(long g1, long g0, long cp) {
        long x1 = Math.multiplyHigh(g0, cp);
        long y0 = g1 * cp;
        long y1 = Math.multiplyHigh(g1, cp);
        long z = (y0 >>> 1) + x1;
        long w = y1 + (z >>> 63);
        return w | (((z & MASK_63) + MASK_63) >>> 63);
    }

    private static int log10OfPowerOf2(int e) {
        return (int) ((e * 661_971_961_083L) >> 41);
    }

    private static int log10OfThreeQuartersOfPowerOf2(int e) {
        return (int) ((e * 661_971_961_083L - 274_743_187_321L) >> 41);
    }

    private static int log2OfPowerOf10(int e) {
        return (int) ((e * 913_124_641_741L) >> 38);
    }

    /** Writes {@code digits} × 10^{@code exponent}. */
    private static int putDecimal(long digits, int exponent, byte[] to, int offset) {
        long shortened = digits;
        int power = exponent;
        while (shortened % 10 == 0) {
            shortened /= 10;
            power++;
        }
        int count = countDigits(shortened);
        int first = count + power - 1;
        if (first < PLAIN_MIN || first > PLAIN_MAX) {
            int at = putWithPoint(shortened, count, 1, to, offset);
            to[at++] = 'E';
            return putSmall(first, to, at);
        }
        return putWithPoint(shortened, count, first + 1, to, offset);
    }

    /** Writes digits with the point behind the first {@code whole} of them, which may be none or more than there are. */
    private static int putWithPoint(long digits, int count, int whole, byte[] to, int offset) {
        int at = offset;
        if (whole <= 0) {
            at = putAscii("0.", to, at);
            for (int i = whole; i < 0; i++) {
                to[at++] = '0';
            }
            return putDigits(digits, count, to, at);
        }
        if (whole >= count) {
            at = putDigits(digits, count, to, at);
            for (int i = count; i < whole; i++) {
                to[at++] = '0';
            }
            return putAscii(".0", to, at);
        }
        int end = putDigits(digits, count, to, at);
        System.arraycopy(to, at + whole, to, at + whole + 1, end - at - whole);
        to[at + whole] = '.';
        return end + 1;
    }

    private static int putSmall(int exponent, byte[] to, int offset) {
        int at = offset;
        if (exponent < 0) {
            to[at++] = '-';
        }
        int size = Math.abs(exponent);
        return putDigits(size, countDigits(size), to, at);
    }

    private static int countDigits(long value) {
        int count = 1;
        for (long rest = value / 10; rest != 0; rest /= 10) {
            count++;
        }
        return count;
    }

    private static int putDigits(long value, int count, byte[] to, int offset) {
        long rest = value;
        for (int i = offset + count - 1; i >= offset; i--) {
            to[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return offset + count;
    }

    private static int putAscii(String ascii, byte[] to, int offset) {
        for (int i = 0; i < ascii.length(); i++) {
            to[offset + i] = (byte) ascii.charAt(i);
        }
        return offset + ascii.length();
    }

    // Math.unsignedMultiplyHigh came with JDK 18.
    private static long unsignedHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
    }
}
