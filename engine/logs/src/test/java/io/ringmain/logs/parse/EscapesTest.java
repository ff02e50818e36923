package io.ringmain.logs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscapesTest {

    @ParameterizedTest
    @CsvSource({
        "a\\nb,a|0a|b",
        "\\\"\\\\\\/,\"\\/",
        "\\b\\f\\n\\r\\t\\a\\v,|08||0c||0a||0d||09||07||0b|",
        "\\u0041\\u00e4\\u20AC,A\u00e4\u20ac",
        "\\ud83d\\ude00!,\ud83d\ude00!",
        "\\U0001f600!,\ud83d\ude00!",
        "\\x41\\xe4\\xBD\\xa0,A\u4f60",
        "\\ud83d,\ufffd",
        "\\ud83d\\n,\ufffd|0a|",
        "\\ud83d\\u0041,\ufffdA",
        "\\ude00\\ud83d,\ufffd\ufffd",
        "\\U00110000,\ufffd",
        "\\U0000d800,\ufffd",
        "\\q\\,\\q\\",
        "\\u12,\\u12",
        "\\u12g4,\\u12g4",
        "\\uffffffff,\uffffffff",
        "\\Uffffffff,\\Uffffffff",
        "\\x4,\\x4",
        "\u4f60\\n,\u4f60|0a|"
    })
    void anEscapeMeansWhatGoAndJsonMean(String text, String meant) {
        StringBuilder expected = new StringBuilder();
        for (String part : meant.split("\\|", -1)) {
            expected.append(part.matches("0[0-9a-d]") ? Character.toString(Integer.parseInt(part, 16)) : part);
        }
        assertThat(resolve(text)).isEqualTo(expected.toString());
    }

    @Test
    void whateverIsResolvedIsNotLonger() {
        long seed = 20271;
        SplittableRandom random = new SplittableRandom(seed);
        String alphabet = "\\\\\\\\\\uUxdD8cC0123456789abefnz\"";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(30); j > 0; j--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            // Longer would be out of bounds.
            resolve(text.toString());
        }
    }

    private static String resolve(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] to = new byte[bytes.length];
        int length = Escapes.resolve(bytes, 0, bytes.length, to, 0);
        return new String(to, 0, length, StandardCharsets.UTF_8);
    }
}
