package io.ringmain.logs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.logs.LogEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTimeTest {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss xx", Locale.ENGLISH);

    private final AccessTime time = new AccessTime();

    @ParameterizedTest
    @CsvSource({
        "10/Oct/2000:13:55:36 -0700,971211336",
        "01/Jan/1970:00:00:00 +0000,0",
        "29/Feb/2000:23:59:59 +0000,951868799",
        "01/Jan/1970:00:00:00 +2359,-86340",
        "31/Dec/2016:23:59:60 +0000,1483228800"
    })
    void aTimeIsRead(String text, long second) {
        assertThat(parse(text)).isEqualTo(second * 1_000_000_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00/Oct/2000:13:55:36 -0700",
                "32/Oct/2000:13:55:36 -0700",
                "31/Sep/2000:13:55:36 -0700",
                "29/Feb/1900:13:55:36 -0700",
                "10/oct/2000:13:55:36 -0700",
                "10/Okt/2000:13:55:36 -0700",
                "10/Oct/2000:24:55:36 -0700",
                "10/Oct/2000:13:60:36 -0700",
                "10/Oct/2000:13:5x:36 -0700",
                "10/Oct/2000:13:55:61 -0700",
                "10/Oct/2000:13:55:x6 -0700",
                "10/Oct/2000:13:55:3/ -0700",
                "10/Oct/2000:13:55:3: -0700",
                "10/Oct/2000:13:/5:36 -0700",
                "10/Oct/2000:13::5:36 -0700",
                "10/Oct/2000:13:55 36 -0700",
                "10/Oct/2000:13:55:36 *0700",
                "10/Oct/2000:13:55:36 -2400",
                "10/Oct/2000:13:55:36 -0760",
                "10/Oct/2000:13:55:36 -07x0",
                "10/Oct/2000:13:55:36x-0700",
                "10/Oct/2000 13:55:36 -0700",
                "10-Oct-2000:13:55:36 -0700",
                "10/Oct/1600:13:55:36 -0700",
                "10/Oct/2262:13:55:36 -0700"
            })
    void whatIsNoTimeIsNone(String text) {
        assertThat(parse(text)).as("first").isEqualTo(LogEvent.NO_TIME);
        assertThat(parse("10/Oct/2000:13:55:36 -0700")).isEqualTo(971_211_336_000_000_000L);
        assertThat(parse(text)).as("when the hour is known").isEqualTo(LogEvent.NO_TIME);
    }

    @Test
    void whatJavaPrintsIsReadBackInWhateverOrder() {
        long seed = 20263;
        SplittableRandom random = new SplittableRandom(seed);
        Instant instant = Instant.EPOCH;
        for (int i = 0; i < 20_000; i++) {
            // Now a few seconds on, now an hour, now anywhere; mostly in the zone of the last one.
            instant = switch (random.nextInt(8)) {
                case 0 -> Instant.ofEpochSecond(random.nextLong(-9_223_000_000L, 9_223_000_000L));
                case 1 -> instant.plusSeconds(3600);
                case 2 -> instant.minusSeconds(60);
                default -> instant.plusSeconds(random.nextInt(5));
            };
            ZoneOffset zone = ZoneOffset.ofTotalSeconds(60 * 15 * random.nextInt(random.nextInt(10) == 0 ? 40 : 2));
            String text = FORMAT.format(instant.atOffset(zone));

            assertThat(parse(text))
                    .as("seed %d, step %d, %s", seed, i, text)
                    .isEqualTo(1_000_000_000 * instant.getEpochSecond());
        }
    }

    @Test
    void aChangedTimeIsReadAsIfItWereTheFirst() {
        long seed = 20264;
        SplittableRandom random = new SplittableRandom(seed);
        String usual = "10/Oct/2000:13:55:36 -0700";
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = usual.getBytes(StandardCharsets.ISO_8859_1);
            for (int j = random.nextInt(3); j >= 0; j--) {
                bytes[random.nextInt(bytes.length)] =
                        (byte) (random.nextBoolean() ? random.nextInt('0', ':') : random.nextInt());
            }
            parse(usual);

            assertThat(time.parse(bytes, 0))
                    .as("seed %d, %s", seed, new String(bytes, StandardCharsets.ISO_8859_1))
                    .isEqualTo(new AccessTime().parse(bytes, 0));
        }
    }

    private long parse(String text) {
        byte[] bytes = ('[' + text).getBytes(StandardCharsets.ISO_8859_1);
        return time.parse(bytes, 1);
    }
}
