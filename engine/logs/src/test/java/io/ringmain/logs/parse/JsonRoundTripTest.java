package io.ringmain.logs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.file.Bytes;
import io.ringmain.logs.file.JsonLine;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is written reads back as the same: fields, level and time. */
@Timeout(60)
class JsonRoundTripTest {

    private static final int ROUNDS = 8_000;
    private static final List<String> PARTS = List.of(
            "\"level\":\"warn\",",
            "\"level\":\"Warning\",",
            "\"level\":30,",
            "\"severity\":\"crit\",",
            "\"lvl\":\"low\",",
            "\"log\":{\"level\":\"info\"},",
            "\"level_word\":\"mine\",",
            "\"timestamp\":\"2015-05-17T10:05:03.000000001+02:00\",",
            "\"timestamp\":\"noon\",",
            "\"time\":1745532517.537,",
            "\"time\":12.5,",
            "\"ts\":\"1745532517537\",",
            "\"message\":\"a\\u0000\\nb\",",
            "\"msg\":\"plain\",",
            "\"line\":7,");

    private final long seed = Long.getLong("ringmain.seed", 1);
    private final Random random = new Random(seed);
    private final RandomJson json = new RandomJson(random);
    private final Keys keys = new Keys();
    private final JsonParser parser = new JsonParser(keys);
    private final JsonLine encoder = new JsonLine(keys);
    private final LogEvent event = new LogEvent();
    private final LogEvent again = new LogEvent();
    private final Bytes bytes = new Bytes();

    private String line() {
        StringBuilder line = new StringBuilder("{");
        for (int i = random.nextInt(5); i > 0; i--) {
            line.append(PARTS.get(random.nextInt(PARTS.size())));
        }
        return line.append("\"end\":")
                .append(json.object(2))
                .append(",\"n\":")
                .append(json.number())
                .append('}')
                .toString();
    }

    // White space in arrays is kept, except line ends.
    private static Map<String, String> onOneLine(Map<String, String> fields) {
        Map<String, String> shown = new TreeMap<>(fields);
        shown.replaceAll((name, value) -> value.startsWith("JSON") ? value.replaceAll("[\r\n]", " ") : value);
        return shown;
    }

    @Test
    void whatIsWrittenReadsBackAsTheSame() {
        for (int i = 0; i < ROUNDS; i++) {
            String line = line();
            event.clear();
            event.setLine(line);
            assertThat(parser.parse(event)).as(line).isEqualTo(ParseResult.PARSED);

            bytes.clear();
            encoder.encode(event, bytes);
            again.clear();
            again.setLine(bytes.array(), 0, bytes.length());

            String about = "-Dringmain.seed=" + seed + ": " + line + " -> " + bytes;
            assertThat(parser.parse(again)).as(about).isEqualTo(ParseResult.PARSED);
            assertThat(onOneLine(JsonShown.byName(again, keys)))
                    .as(about)
                    .isEqualTo(onOneLine(JsonShown.byName(event, keys)));
            assertThat(again.level()).as(about).isEqualTo(event.level());
            assertThat(again.timeNs()).as(about).isEqualTo(event.timeNs());
            assertThat(new JacksonModel(bytes.toString()).isObject()).as(about).isTrue();
        }
    }
}
