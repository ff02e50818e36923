package io.ringmain.logs;

import java.math.BigInteger;

/** The first 128 bits of each power of ten that matters for doubles, cut, the first bit being 1. Made at first use. */
final class PowersOfTen {

    static final int EXPONENT_MIN = -348;
    static final int EXPONENT_MAX = 347;

    private static final int BITS = 128;
    private static final long[] HIGH = new long[EXPONENT_MAX - EXPONENT_MIN + 1];
    private static final long[] LOW = new long[HIGH.length];

    static {
        BigInteger power = BigInteger.ONE;
        for (int exponent = 0; exponent <= -EXPONENT_MIN; exponent++) {
            if (exponent <= EXPONENT_MAX) {
                keep(exponent, power);
            }
            keep(-exponent, BigInteger.ONE.shiftLeft(BITS + power.bitLength()).divide(power));
            power = power.multiply(BigInteger.TEN);
        }
    }

    private PowersOfTen() {}

    private static void keep(int exponent, BigInteger value) {
        BigInteger first = value.shiftRight(value.bitLength() - BITS);
        HIGH[exponent - EXPONENT_MIN] = first.shiftRight(64).longValue();
        LOW[exponent - EXPONENT_MIN] = first.longValue();
    }

    static long high(int exponent) {
        return HIGH[exponent - EXPONENT_MIN];
    }

    static long low(int exponent) {
        return LOW[exponent - EXPONENT_MIN];
    }
}
