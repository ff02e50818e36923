package io.ringmain.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    private static long parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return DurationText.parse(bytes, 0, bytes.length);
    }

    @ParameterizedTest
    @CsvSource({
        "0s, 0",
        "7ns, 7",
        "3us, 3000",
        "3µs, 3000",
        "500ms, 500000000",
        "10s, 10000000000",
        "2m, 120000000000",
        "1h, 3600000000000",
        "1d, 86400000000000",
        "1.5ms, 1500000",
        "1h30m, 5400000000000",
        "-5s, -5000000000"
    })
    void durationsAreReadAsPeopleWriteThem(String text, long ns) {
        assertThat(parse(text)).isEqualTo(ns);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "10", "s", "1.s", ".5s", "10 s", "1x", "5sm", "300000d"})
    void otherTextsAreNone(String text) {
        assertThat(parse(text)).isEqualTo(DurationText.NONE);
    }
}
