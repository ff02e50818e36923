package io.ringmain.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {

    private static final long SEED = Long.getLong("ringmain.seed", 20_261_121);
    private static final int NUMBERS = 200_000;

    private final Value value = new Value();
    private final byte[] bytes = new byte[64];

    private boolean parse(String text) {
        byte[] in = ("<" + text + ">").getBytes(UTF_8);
        return NumberText.parse(in, 1, in.length - 2, value);
    }

    private String write(double number) {
        return new String(bytes, 5, NumberText.write(number, bytes, 5) - 5, UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "-0,0",
        "+7,7",
        "007,7",
        "42,42",
        "999999999999999999,999999999999999999",
        "9223372036854775807,9223372036854775807",
        "-9223372036854775808,-9223372036854775808",
        "0000000000000000000000000000001,1"
    })
    void whatIsWholeAndFitsIsALong(String text, long number) {
        assertThat(parse(text)).isTrue();
        assertThat(value.kind()).isEqualTo(Value.Kind.LONG);
        assertThat(value.longValue()).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.5",
                "-0.5",
                "-0.0",
                "1e3",
                "1E3",
                "1e+3",
                "1e-3",
                "9223372036854775808",
                "-9223372036854775809",
                "1.7976931348623157e308",
                "4.9e-324",
                "2.4703282292062328e-324",
                "2.4703282292062327e-324",
                "1e-400",
                "2.2250738585072011e-308",
                "2.2250738585072014e-308",
                "123456789012345678901234567890",
                "9007199254740993",
                "9007199254740993.00000000000000000000000001",
                "0.1e1",
                "100000000000000016777215",
                "1.00000000000000011102230246251565404236316680908203125",
                "0e999999999999",
                "8.41e21",
                "0.000000000000000000000000000001"
            })
    void otherNumbersAreTheNearestDouble(String text) {
        assertThat(parse(text)).isTrue();
        assertThat(value.doubleValue()).isEqualTo(Double.parseDouble(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+",
                ".",
                ".5",
                "5.",
                "1e",
                "1e+",
                "e3",
                "1.2.3",
                "1 ",
                " 1",
                "0x10",
                "NaN",
                "Infinity",
                "1_000",
                "1,5",
                "--1",
                "1e3.5",
                "1e999",
                "-1e999",
                "١"
            })
    void theRestIsNone(String text) {
        assertThat(parse(text)).as(text).isFalse();
        assertThat(value.isMissing()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0.0,
                -0.0,
                1.0,
                -1.5,
                0.1,
                0.001,
                1e-3,
                9.99e-4,
                1e7,
                9999999.0,
                12345678.9,
                1e21,
                1e22,
                0.3,
                Double.MAX_VALUE,
                Double.MIN_NORMAL,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                4.9E-324,
                123456.789,
                5e-5,
                1.0 / 3,
                2.0 / 3,
                1e100
            })
    void aNumberIsWrittenAsJavaDoes(double number) {
        // JDK 17 writes one digit too many for some numbers (JDK-4511638), so these are chosen.
        assertThat(write(number)).isEqualTo(Double.toString(number));
    }

    @Test
    void whatIsWrittenIsReadAsTheSameAndNoLongerThanJavas() {
        Random random = new Random(SEED);
        for (int i = 0; i < NUMBERS; i++) {
            double number = next(random, i);
            String text = write(number);

            assertThat(Double.parseDouble(text)).as(seed(text)).isEqualTo(number);
            assertThat(parse(text)).as(seed(text)).isTrue();
            assertThat(value.doubleValue()).as(seed(text)).isEqualTo(number);
            assertThat(text.length())
                    .as(seed(text))
                    .isLessThanOrEqualTo(Double.toString(number).length());
        }
    }

    @Test
    void anyDecimalIsReadAsJavaReadsIt() {
        Random random = new Random(SEED);
        for (int i = 0; i < NUMBERS; i++) {
            // Exact values of doubles and of the middle between two are the hard ones.
            double number = next(random, i);
            BigDecimal middle =
                    new BigDecimal(number).add(new BigDecimal(Math.ulp(number)).divide(BigDecimal.valueOf(2)));
            String text = i % 4 == 0
                    ? middle.toString()
                            .substring(0, Math.min(20, middle.toString().length()))
                    : random.nextInt() + "." + random.nextLong(1L << random.nextInt(1, 62)) + "e"
                            + random.nextInt(-320, 300);
            double expected = javas(text);

            assertThat(parse(text)).as(seed(text)).isEqualTo(Double.isFinite(expected));
            if (Double.isFinite(expected)) {
                assertThat(value.doubleValue()).as(seed(text)).isEqualTo(expected);
            }
        }
    }

    private static double javas(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException cutInTheExponent) {
            return Double.NaN;
        }
    }

    private static String seed(String text) {
        return text + "; repeat with -Dringmain.seed=" + SEED;
    }

    private static double next(Random random, int i) {
        double number =
                switch (i % 4) {
                    case 0 -> Double.longBitsToDouble(random.nextLong());
                    case 1 -> random.nextInt(1_000_000) / 1000.0;
                    case 2 -> Math.scalb(1.0, random.nextInt(-1074, 1024));
                    default -> random.nextLong() / (double) random.nextLong();
                };
        return Double.isFinite(number) ? number : 0;
    }

    @Test
    void readingAndWritingAllocateNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        work(50_000);

        long start = threads.getCurrentThreadAllocatedBytes();
        work(50_000);
        long once = threads.getCurrentThreadAllocatedBytes();
        work(100_000);
        long twice = threads.getCurrentThreadAllocatedBytes();

        assertThat((twice - once - (once - start)) / 50_000.0).isLessThan(0.01);
    }

    private void work(int numbers) {
        for (int i = 1; i <= numbers; i++) {
            int end = NumberText.write(i / 7.0, bytes, 0);
            NumberText.parse(bytes, 0, end, value);
            end = NumberText.write((long) i << 32, bytes, 0);
            NumberText.parse(bytes, 0, end, value);
        }
    }
}
