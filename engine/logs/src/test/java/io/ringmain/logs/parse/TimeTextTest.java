package io.ringmain.logs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.logs.LogEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {

    private static final DateTimeFormatter BASIC_ZONE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSSSSXX");

    @ParameterizedTest
    @CsvSource({
        "2000-10-10T13:55:36-07:00,971211336000000000",
        "2000-10-10t20:55:36z,971211336000000000",
        "2000-10-10 20:55:36.5Z,971211336500000000",
        "2000-10-10T20:55:36.123456789Z,971211336123456789",
        "2000-10-10T20:55:36.1234567899999Z,971211336123456789",
        "2000-10-10T13:55:36.000-0700,971211336000000000",
        "1969-12-31T23:59:59.999999999Z,-1",
        "2016-12-31T23:59:60Z,1483228800000000000",
        "2000-02-29T00:00:00Z,951782400000000000",
        "1678-01-01T00:00:00Z,-9214560000000000000",
        "2262-04-11T00:00:00Z,9223286400000000000"
    })
    void aTimeOfRfc3339IsRead(String text, long ns) {
        assertThat(parse(text)).isEqualTo(ns);
    }

    @ParameterizedTest
    @CsvSource({
        "100000000,100000000000000000",
        "-100000000.5,-100000000500000000",
        "971211336,971211336000000000",
        "971211336.25,971211336250000000",
        "-971211336.25,-971211336250000000",
        "971211336.1234567899,971211336123456789",
        "1700000000123,1700000000123000000",
        "1700000000123.5,1700000000123500000",
        "1700000000123456,1700000000123456000",
        "1700000000123456.7,1700000000123456700",
        "1700000000123456789,1700000000123456789",
        "9223372036854775806,9223372036854775806"
    })
    void theUnitOfANumberIsToldByItsSize(String text, long ns) {
        assertThat(parse(text)).isEqualTo(ns);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                ".",
                "-.5",
                "1.",
                "1.5.5",
                "1e9",
                "12 ",
                "now",
                "0",
                "99999999.999",
                "-99999999",
                "+5",
                "99999999999",
                "9223372036854775807",
                "9999999999999999999",
                "99999999999999999999999",
                "2000-10-10",
                "2000-10-10T20:55:36",
                "2000-10-10T20:55:36.Z",
                "2000-10-10T20:55:36.5",
                "2000-10-10T20:55:36ZZ",
                "2000-10-10T20:55:36+7:00",
                "2000-10-10T20:55:36*07:00",
                "2000-10-10T20:55:36+24:00",
                "2000-10-10T20:55:36+07:60",
                "2000-10-10T20:55:36+07:0x",
                "2000-10-10T24:00:00Z",
                "2000-10-10T20:60:00Z",
                "2000-10-10T20:55:61Z",
                "2000-10-10x20:55:36Z",
                "2000-10-10T20.55:36Z",
                "2000-10-10T20:55.36Z",
                "2000-10.10T20:55:36Z",
                "2000-00-10T20:55:36Z",
                "2000-13-10T20:55:36Z",
                "2000-10-00T20:55:36Z",
                "2000-04-31T20:55:36Z",
                "1900-02-29T20:55:36Z",
                "2001-02-29T20:55:36Z",
                "2000-02-30T20:55:36Z",
                "1600-01-01T00:00:00Z",
                "2263-01-01T00:00:00Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z"
            })
    void whatIsNoTimeIsNone(String text) {
        assertThat(parse(text)).isEqualTo(LogEvent.NO_TIME);
    }

    @Test
    void everyDayOfFourCenturiesIsTheDayThatJavaMeans() {
        for (LocalDate day = LocalDate.of(1680, 1, 1); day.getYear() < 2262; day = day.plusDays(1)) {
            assertThat(parse(day + "T00:00:00Z")).as("%s", day).isEqualTo(86_400_000_000_000L * day.toEpochDay());
        }
    }

    @Test
    void whatJavaPrintsIsReadBack() {
        long seed = 20261;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 10_000; i++) {
            long ns = random.nextLong(-9_223_372_035_000_000_000L, 9_223_372_035_000_000_000L);
            Instant instant = Instant.ofEpochSecond(0, ns);
            OffsetDateTime zoned =
                    instant.atOffset(ZoneOffset.ofTotalSeconds(60 * random.nextInt(-18 * 60, 18 * 60 + 1)));
            boolean hasSeconds = zoned.getSecond() != 0 || zoned.getNano() != 0;

            assertThat(parse(instant.toString()))
                    .as("seed %d, %s", seed, instant)
                    .isEqualTo(ns);
            assertThat(parse(BASIC_ZONE.format(zoned)))
                    .as("seed %d, %s", seed, zoned)
                    .isEqualTo(ns);
            if (hasSeconds) {
                assertThat(parse(zoned.toString()))
                        .as("seed %d, %s", seed, zoned)
                        .isEqualTo(ns);
            }
        }
    }

    @Test
    void noBytesMakeItThrow() {
        long seed = 20262;
        SplittableRandom random = new SplittableRandom(seed);
        byte[] model = "2000-10-10T20:55:36.5+07:00".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = model.clone();
            for (int j = random.nextInt(4); j >= 0; j--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            int offset = random.nextInt(bytes.length);
            TimeText.parse(bytes, offset, random.nextInt(bytes.length - offset + 1));
        }
    }

    private static long parse(String text) {
        // Something that looks like more of it stands around it.
        byte[] bytes = ("00" + text + "00").getBytes(StandardCharsets.UTF_8);
        return TimeText.parse(bytes, 2, bytes.length - 4);
    }
}
