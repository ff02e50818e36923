package io.ringmain.logs.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.logs.Text;
import io.ringmain.logs.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {

    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");

    private static Value read(String text) {
        Value value = new Value();
        byte[] bytes = ('9' + text + '9').getBytes(StandardCharsets.UTF_8);
        value.setText(bytes, 1, bytes.length - 2);
        return Numbers.read(value) ? value : new Value();
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "-0,0",
        "+7,7",
        "200,200",
        "-12,-12",
        "007,7",
        "9223372036854775807,9223372036854775807",
        "-9223372036854775808,-9223372036854775808",
        "9223372036854775808,9.223372036854776E18",
        "100000000000000000000,1.0E20",
        "0.5,0.5",
        "1.10,1.1",
        "1e3,1000.0",
        "1E-2,0.01",
        "-2.5e+1,-25.0",
        "0.1,0.1",
        "1e22,1.0E22",
        "1e25,1.0E25",
        "123456789012345678.5,1.2345678901234568E17",
        "4.9e-324,4.9E-324",
        "1e-999,0.0"
    })
    void textThatLooksLikeANumberIsOne(String text, String expected) {
        assertThat(read(text)).hasToString(expected);
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
                "e1",
                "1 ",
                " 1",
                "1.2.3",
                "0x10",
                "1_000",
                "NaN",
                "Infinity",
                "1d",
                "1e999",
                "--1",
                "twelve",
                "1.e2"
            })
    void whatDoesNotIsNone(String text) {
        assertThat(read(text).isMissing()).isTrue();
    }

    @Test
    void randomTextIsWhatPlainJavaReads() {
        for (long seed = 0; seed < 20; seed++) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            for (int i = 0; i < 5_000; i++) {
                StringBuilder made = new StringBuilder();
                int length = random.nextInt(24);
                for (int at = 0; at < length; at++) {
                    made.append("0123456789012345678.-+eE".charAt(random.nextInt(random.nextInt(8) == 0 ? 24 : 19)));
                }
                String text = made.toString();

                Value value = read(text);

                boolean isNumber = NUMBER.matcher(text).matches() && Double.isFinite(Double.parseDouble(text));
                assertThat(value.isNumber()).as("seed %d: %s", seed, text).isEqualTo(isNumber);
                if (value.kind() == Value.Kind.LONG) {
                    assertThat(BigDecimal.valueOf(value.longValue())).as(text).isEqualByComparingTo(text);
                } else if (isNumber) {
                    // Minus nothing is a whole nothing.
                    assertThat(value.doubleValue())
                            .as("seed %d: %s", seed, text)
                            .isEqualTo(Double.parseDouble(text));
                }
            }
        }
    }

    @Test
    void otherKindsOfValuesStayWhatTheyAre() {
        Value value = new Value();
        value.setTime(5);
        assertThat(Numbers.read(value)).isFalse();
        value.setBoolean(true);
        assertThat(Numbers.read(value)).isFalse();
        value.setText(Text.of("x"));
        assertThat(Numbers.read(value)).isFalse();
        assertThat(value).hasToString("x");
        value.setDouble(Double.NaN);
        assertThat(Numbers.read(value)).isFalse();
        value.setLong(7);
        assertThat(Numbers.read(value)).isTrue();
    }
}
