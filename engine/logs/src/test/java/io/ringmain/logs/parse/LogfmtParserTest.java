package io.ringmain.logs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.Fields;
import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogfmtParserTest {

    private final Keys keys = new Keys();
    private final LogfmtParser parser = new LogfmtParser(keys);

    private Map<String, Object> facts(String line) {
        return Facts.of(parser, keys, line);
    }

    @Test
    void pairsAreRead() {
        assertThat(facts("a=1 b=\"two words\"  c= d=\"\"\te x.y-z=/p?q=1&r=\"s\" \u00e4=\u00f6"))
                .containsExactly(
                        Map.entry("a", "1"),
                        Map.entry("b", "two words"),
                        Map.entry("c", ""),
                        Map.entry("d", ""),
                        Map.entry("e", true),
                        Map.entry("x.y-z", "/p?q=1&r=\"s\""),
                        Map.entry("\u00e4", "\u00f6"));
    }

    @Test
    void escapesAreResolved() {
        assertThat(facts("a=\"say \\\"hi\\\"\\n\\u00e4\" b=\"\\\\\" c=\"plain\" d=\\n"))
                .containsExactly(
                        Map.entry("a", "say \"hi\"\n\u00e4"),
                        Map.entry("b", "\\"),
                        Map.entry("c", "plain"),
                        Map.entry("d", "\\n"));
    }

    @Test
    void onlyWhatHasEscapesIsCopied() {
        LogEvent event = new LogEvent();
        event.setLine("a=\"x\\ty\" b=\"plain\" c=plain");

        parser.parse(event);

        assertThat(event.spareLength()).isEqualTo(3);
        assertThat(event.fields().kind(0)).isEqualTo(Fields.Kind.SPARE);
        assertThat(event.fields().kind(1)).isEqualTo(Fields.Kind.SPAN);
    }

    @Test
    void wellKnownKeysBecomeWhatTheyMean() {
        assertThat(facts("ts=2023-12-07T20:07:05.949Z level=warning msg=\"disk full\" caller=main.go:5"))
                .containsExactly(
                        Map.entry("level", Level.WARN),
                        Map.entry("timestamp", 1_701_979_625_949_000_000L),
                        Map.entry("level_word", "warning"),
                        Map.entry("message", "disk full"),
                        Map.entry("caller", "main.go:5"));
        assertThat(facts("t=\"2023-12-07T20:07:05+00:00\" lvl=\"E\\x52R\" message=x"))
                .containsEntry("level", Level.ERROR)
                .containsEntry("level_word", "ERR")
                .containsEntry("timestamp", 1_701_979_625_000_000_000L)
                .containsEntry("message", "x");
        assertThat(facts("time=1701979625.25 level=info")).containsEntry("timestamp", 1_701_979_625_250_000_000L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "level=loud | {level_word=loud}",
                "level=loud lvl=info | {level=INFO, level_field=loud}",
                "lvl=info level=warn | {level=WARN, lvl=info}",
                "lvl=loud | {lvl=loud}",
                "level | {level_field=true}",
                "level=info level=error | {level=ERROR}",
                "level=30 | {level_word=30}",
                "ts=soon | {ts=soon}",
                "t=0.25 | {t=0.25}",
                "timestamp=soon ts=1700000000 | {timestamp=1700000000000000000, timestamp_field=soon}",
                "ts=1700000001 ts=1700000000 | {timestamp=1700000000000000000}",
                "ts=1600000000 time=1700000000 | {timestamp=1700000000000000000, ts=1600000000}",
                "timestamp | {timestamp_field=true}",
                "line=42 | {line_field=42}",
                "msg=a message=b | {msg=a, message=b}",
                "msg=a msg=b | {message=b}",
                "msg | {message=true}",
                "source=web | {source=web}",
                "a=1 a=2 b=3 a=4 | {a=4, b=3}",
                "a a=1 | {a=1}",
                "a=\"1\"b=2 | {a=1, b=2}",
                "a=1\u007f\u0001b | {a=1\u007f, b=true}"
            })
    void whoeverComesFirstPlaysThePart(String line, String expected) {
        assertThat(facts(line)).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'',EMPTY_LINE",
        "'  \t ',EMPTY_LINE",
        "a=\"x,BAD_LOGFMT",
        "a=\"x\\\",BAD_LOGFMT",
        "b=1 a=\",BAD_LOGFMT",
        "=x,BAD_LOGFMT",
        "a=1 =,BAD_LOGFMT",
        "a\"b=1,BAD_LOGFMT",
        "a=1 \"b\"=1,BAD_LOGFMT",
        "a=1 \"b c\",BAD_LOGFMT"
    })
    void aLineThatIsNotLogfmtGetsAResultCode(String line, ParseResult result) {
        assertThat(facts(line)).isEqualTo(Map.of("result", result));
    }

    @Test
    void aRefusedLineLeavesNoKeys() {
        LogEvent event = new LogEvent();
        event.setLine("never_seen=1 a=\"x");

        assertThat(parser.parse(event)).isEqualTo(ParseResult.BAD_LOGFMT);

        byte[] name = "never_seen".getBytes(StandardCharsets.UTF_8);
        assertThat(keys.find(name, 0, name.length)).isEqualTo(Keys.NONE);
    }

    @Test
    void tooManyPairsKeysAndBytesAreCodes() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < Fields.COUNT_MAX; i++) {
            many.append("k").append(i).append("=\"a\\\\").append(i).append("\" ");
        }
        assertThat(facts(many.toString())).hasSize(Fields.COUNT_MAX);
        assertThat(facts(many + "and=one")).isEqualTo(Map.of("result", ParseResult.FIELDS_FULL));

        LogEvent event = new LogEvent();
        event.setLine("a=\"\\t\"");
        event.addSpare(LogEvent.SPARE_BYTES_MAX);
        assertThat(parser.parse(event)).isEqualTo(ParseResult.SPARE_FULL);

        event.clear();
        for (int key = 0; key < Fields.COUNT_MAX; key++) {
            event.fields().putLong(key, key);
        }
        event.setLine("neverseen=\"\\t\"");
        assertThat(parser.parse(event)).isEqualTo(ParseResult.FIELDS_FULL);
        assertThat(event.spareLength()).isZero();

        for (int i = 0;
                keys.id(
                                ("x" + i).getBytes(StandardCharsets.UTF_8),
                                0,
                                1 + String.valueOf(i).length())
                        != Keys.NONE;
                i++) {
            assertThat(i).isLessThan(Keys.COUNT_MAX);
        }
        event.clear();
        event.setLine("k1=2 unheard=1");
        assertThat(parser.parse(event)).isEqualTo(ParseResult.KEYS_FULL);
        assertThat(event.fields().count()).isZero();
    }

    @Test
    void whatIsPrintedIsReadBack() {
        long seed = 20272;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            Map<String, Object> record = new LinkedHashMap<>();
            StringBuilder line = new StringBuilder();
            for (int j = random.nextInt(1, 12); j > 0; j--) {
                String key = "k" + random.nextInt(20);
                if (!record.containsKey(key)) {
                    Object value = random.nextInt(8) == 0 ? true : text(random);
                    record.put(key, value);
                    line.append(" ".repeat(random.nextInt(1, 3))).append(key);
                    print(value, random, line);
                }
            }

            assertThat(facts(line.toString())).as("seed %d, %s", seed, line).isEqualTo(record);
        }
    }

    @Test
    void noBytesMakeTheParserThrow() {
        long seed = 20273;
        SplittableRandom random = new SplittableRandom(seed);
        byte[] usual = "\"\"\\=  abtu1".getBytes(StandardCharsets.UTF_8);
        LogfmtParser own = new LogfmtParser(new Keys());
        LogEvent event = new LogEvent();
        int taken = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = random.nextInt(8) == 0 ? (byte) random.nextInt() : usual[random.nextInt(usual.length)];
            }
            event.clear();
            event.wrapLine(bytes, 0, bytes.length);
            taken += own.parse(event) == ParseResult.PARSED ? 1 : 0;
        }
        assertThat(taken).as("seed %d", seed).isPositive();
    }

    @Test
    void theSchemaIsOpen() {
        assertThat(parser.schema().isOpen()).isTrue();
        assertThat(parser.schema().typeOf("level")).contains(FieldType.LEVEL);
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        String alphabet = random.nextBoolean() ? "abc/=:." : "ab \"\\\n\t\u0001\u00e4\u20ac\ud83d\ude00=";
        for (int i = random.nextInt(20); i > 0; i--) {
            text.appendCodePoint(alphabet.codePointAt(random.nextInt(alphabet.length())));
        }
        // Half a pair cannot be printed as UTF-8.
        return text.toString().replaceAll("[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]", "");
    }

    private static void print(Object value, SplittableRandom random, StringBuilder to) {
        if (!(value instanceof String text)) {
            return;
        }
        to.append('=');
        if (text.chars().allMatch(c -> c > ' ' && c != '"') && random.nextBoolean()) {
            to.append(text);
            return;
        }
        to.append('"');
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                to.append('\\').appendCodePoint(c);
            } else if (c < ' ' || (c > '~' && c < 0x1_0000 && random.nextBoolean())) {
                to.append(String.format("\\u%04x", c));
            } else {
                to.appendCodePoint(c);
            }
        });
        to.append('"');
    }
}
