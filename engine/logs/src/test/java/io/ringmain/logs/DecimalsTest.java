package io.ringmain.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecimalsTest {

    private static final int ROUNDS = 200_000;

    private final byte[] bytes = new byte[Decimals.BYTES_MAX + 3];
    private final long seed = Long.getLong("ringmain.seed", 1);
    private final Random random = new Random(seed);
    private long undecided;

    private String text(double value) {
        int end = Decimals.put(value, bytes, 3);
        return new String(bytes, 3, end - 3, StandardCharsets.UTF_8);
    }

    @Test
    void numbersHaveTheirShortestForm() {
        assertThat(text(0)).isEqualTo("0.0");
        assertThat(text(-0.0)).isEqualTo("-0.0");
        assertThat(text(1)).isEqualTo("1.0");
        assertThat(text(-1.5)).isEqualTo("-1.5");
        assertThat(text(0.057)).isEqualTo("0.057");
        assertThat(text(0.1 + 0.2)).isEqualTo("0.30000000000000004");
        assertThat(text(1e10)).isEqualTo("10000000000.0");
        assertThat(text(9007199254740992.0)).isEqualTo("9007199254740992.0");
        assertThat(text(1e15 + 0.5)).isEqualTo("1000000000000000.5");
        assertThat(text(1e20)).isEqualTo("1.0E20");
        assertThat(text(1.25e100)).isEqualTo("1.25E100");
        assertThat(text(0.000001)).isEqualTo("0.000001");
        assertThat(text(0.00000125)).isEqualTo("0.00000125");
        assertThat(text(1e-7)).isEqualTo("1.0E-7");
        assertThat(text(2e-44)).isEqualTo("2.0E-44");
        assertThat(text(2.0E-3)).isEqualTo("0.002");
        assertThat(text(Double.MIN_VALUE)).isEqualTo("5.0E-324");
        assertThat(text(-Double.MAX_VALUE)).isEqualTo("-1.7976931348623157E308");
        assertThat(text(Double.NaN)).isEqualTo("NaN");
        assertThat(text(Double.NEGATIVE_INFINITY)).isEqualTo("-Infinity");
    }

    @Test
    void whatIsWrittenReadsBackAsTheSameAndIsNeverLongerThanJavas() {
        for (int i = 0; i < ROUNDS; i++) {
            double value = any();
            String text = text(value);

            assertThat(Double.parseDouble(text))
                    .as("-Dringmain.seed=%s: %s", seed, text)
                    .isEqualTo(value);
            assertThat(digits(text))
                    .as("-Dringmain.seed=%s: %s", seed, text)
                    .isLessThanOrEqualTo(digits(Double.toString(value)));
        }
    }

    private double any() {
        return switch (random.nextInt(5)) {
            case 0 -> random.nextInt(1_000_000) / 1000.0;
            case 1 -> random.nextDouble();
            case 2 -> Math.scalb(1.0, random.nextInt(2098) - 1074);
            case 3 -> random.nextLong() * Math.pow(10, random.nextInt(40) - 20);
            default -> finite();
        };
    }

    private double finite() {
        double value;
        do {
            value = Double.longBitsToDouble(random.nextLong());
        } while (Double.isNaN(value) || Double.isInfinite(value));
        return value;
    }

    private static int digits(String text) {
        return new BigDecimal(text).stripTrailingZeros().precision();
    }

    @Test
    void theNearestDoubleIsThatOfJava() {
        for (int i = 0; i < ROUNDS; i++) {
            long digits = random.nextLong() >>> random.nextInt(64);
            check(digits, random.nextInt(60) - 30);
            check(digits, random.nextInt(760) - 380);
        }
        for (int i = 0; i < 1000; i++) {
            // The middle between two doubles.
            check((1L << 53) + 2L * i + 1, 0);
        }
    }

    @Test
    void digitsThatSomebodyHasPrintedAreDecided() {
        for (int i = 0; i < ROUNDS; i++) {
            double value = any();
            if (Math.abs(value) >= Double.MIN_NORMAL) {
                BigDecimal printed =
                        new BigDecimal(Double.toString(value)).abs().stripTrailingZeros();
                check(printed.unscaledValue().longValueExact(), -printed.scale());
            }
        }

        // Mostly large numbers with a half or a quarter, which need 17 digits.
        assertThat(undecided).isLessThan(ROUNDS / 100);
    }

    private void check(long digits, int exponent) {
        double nearest = Decimals.nearest(digits, exponent);
        if (Double.isNaN(nearest)) {
            undecided++;
            return;
        }
        BigDecimal exact = new BigDecimal(new BigInteger(Long.toUnsignedString(digits)), -exponent);
        assertThat(nearest).as("-Dringmain.seed=%s: %s", seed, exact).isEqualTo(Double.parseDouble(exact.toString()));
    }

    @Test
    void numbersBeyondTheRangeAreInfiniteOrZero() {
        assertThat(Decimals.nearest(1, 401)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Decimals.nearest(1, -401)).isZero();
        assertThat(Decimals.nearest(0, 500)).isZero();
    }
}
