package io.ringmain.logs.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonLineTest {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final Keys keys = new Keys();
    private final JsonLine encoder = new JsonLine(keys);
    private final LogEvent event = new LogEvent();
    private final Bytes bytes = new Bytes();

    private String encoded() {
        bytes.clear();
        bytes.put('x');
        encoder.encode(event, bytes);
        assertThat(bytes.array()[0]).isEqualTo((byte) 'x');
        String text = bytes.toString();
        assertThat(text).endsWith("}\n");
        return text.substring(1, text.length() - 1);
    }

    private int key(String name) {
        return keys.id(name);
    }

    @Test
    void timeLevelAndFieldsStandInTheirOrder() {
        event.setLine("GET /x");
        event.fields().putLong(key("status"), 200);
        event.fields().putSpan(key("method"), 0, 3);
        event.setLevel(Level.WARN);
        event.setTimeNs(1_431_857_103_000_000_000L);

        assertThat(encoded())
                .isEqualTo(
                        "{\"timestamp\":\"2015-05-17T10:05:03Z\",\"level\":\"WARN\",\"status\":200,\"method\":\"GET\"}");
    }

    @Test
    void everyKindOfFieldHasItsForm() {
        event.setLine("[1, {\"a\":\n2}]text");
        int spare = event.addSpare(2);
        event.spare()[spare] = 'o';
        event.spare()[spare + 1] = 'k';
        event.fields().putSpan(key("span"), 13, 4);
        event.fields().putSpare(key("spare"), spare, 2);
        event.fields().putText(key("text"), Text.of("€"));
        event.fields().putJson(key("json"), 0, 13);
        event.fields().putLong(key("long"), Long.MIN_VALUE);
        event.fields().putDouble(key("double"), 0.057);
        event.fields().putBoolean(key("boolean"), true);
        event.fields().putTime(key("time"), 1);
        event.fields().putNull(key("null"));

        assertThat(encoded())
                .isEqualTo("{\"span\":\"text\",\"spare\":\"ok\",\"text\":\"€\",\"json\":[1, {\"a\": 2}],"
                        + "\"long\":-9223372036854775808,\"double\":0.057,\"boolean\":true,"
                        + "\"time\":\"1970-01-01T00:00:00.000000001Z\",\"null\":null}");
    }

    @Test
    void aLineOfWhichNothingIsKnownIsWrittenItself() {
        event.setLine("a \"line\"\t");
        assertThat(encoded()).isEqualTo("{\"line\":\"a \\\"line\\\"\\t\"}");

        event.fields().putText(Keys.SOURCE, Text.of("web"));
        event.fields().putTime(Keys.INGEST_TIME, 0);
        assertThat(encoded())
                .isEqualTo(
                        "{\"line\":\"a \\\"line\\\"\\t\",\"source\":\"web\",\"ingest_time\":\"1970-01-01T00:00:00Z\"}");

        event.setLevel(Level.INFO);
        assertThat(encoded())
                .isEqualTo("{\"level\":\"INFO\",\"source\":\"web\",\"ingest_time\":\"1970-01-01T00:00:00Z\"}");
    }

    @Test
    void anEventWithoutALineIsWrittenTooAndARowBySourceHasNone() {
        assertThat(encoded()).isEqualTo("{\"line\":\"\"}");

        event.fields().putText(Keys.SOURCE, Text.of("web"));
        assertThat(encoded()).isEqualTo("{\"source\":\"web\"}");
    }

    @Test
    void numbersThatJsonDoesNotHaveAreNull() {
        event.fields().putDouble(key("a"), Double.NaN);
        event.fields().putDouble(key("b"), Double.NEGATIVE_INFINITY);
        event.fields().putDouble(key("c"), -0.0);

        assertThat(encoded()).isEqualTo("{\"a\":null,\"b\":null,\"c\":-0.0}");
    }

    @Test
    void namesAndTextsAreEscaped() {
        event.fields().putText(key("a\"b\\"), Text.of("\"\\\n\r\t\b\f\u0000\u001f\u007f/"));

        assertThat(encoded()).isEqualTo("{\"a\\\"b\\\\\":\"\\\"\\\\\\n\\r\\t\\u0008\\u000c\\u0000\\u001f\u007f/\"}");
    }

    @Test
    void manyNamesAreKept() {
        for (int i = 0; i < 1000; i++) {
            event.clear();
            event.fields().putLong(key("k" + i), i);
            event.fields().putLong(key("k" + i / 2), i);

            assertThat(encoded()).startsWith("{\"k" + i + "\":" + i);
        }
    }

    @Test
    void whateverTheBytesAreItIsJsonThatJavaReadsAlike() throws IOException {
        long seed = Long.getLong("ringmain.seed", 1);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] line = new byte[random.nextInt(40)];
            random.nextBytes(line);
            for (int j = 0; j < line.length; j++) {
                // Mostly the beginnings and middles of characters.
                line[j] = random.nextInt(3) > 0 ? (byte) (random.nextInt(128) | 0x80) : line[j];
                // Java replaces a surrogate in UTF-8 by one U+FFFD, Unicode advises three.
                line[j] = line[j] == (byte) 0xed ? (byte) 0xec : line[j];
            }
            event.clear();
            event.setLine(line, 0, line.length);

            String text = encoded();

            assertThat(text).doesNotContain("\n");
            try (JsonParser parser = FACTORY.createParser(text)) {
                assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
                assertThat(parser.nextFieldName()).isEqualTo("line");
                assertThat(parser.nextTextValue())
                        .as("-Dringmain.seed=%s: %s", seed, text)
                        .isEqualTo(new String(line, StandardCharsets.UTF_8));
                assertThat(parser.nextToken()).isEqualTo(JsonToken.END_OBJECT);
                assertThat(parser.nextToken()).isNull();
            }
        }
    }
}
