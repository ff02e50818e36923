package io.ringmain.logs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.Fields;
import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonParserTest {

    private final Keys keys = new Keys();
    private final JsonParser parser = new JsonParser(keys);
    private final LogEvent event = new LogEvent();

    private ParseResult parse(String line) {
        event.clear();
        event.setLine(line);
        return parser.parse(event);
    }

    /** All fields as {@code name=KIND:text}. */
    private String fields(String line) {
        assertThat(parse(line)).as(line).isEqualTo(ParseResult.PARSED);
        return JsonShown.fields(event, keys);
    }

    @Test
    void membersAreTypedFieldsInTheirOrder() {
        assertThat(fields(" {\"s\":\"x y\" , \"n\" : -12,\"d\":0.5,\"t\":true,\"f\":false,\"z\":null,\"e\":\"\"}\r"))
                .isEqualTo("s=SPAN:x y n=LONG:-12 d=DOUBLE:0.5 t=BOOLEAN:true f=BOOLEAN:false z=NULL: e=SPAN:");
        assertThat(fields("{}")).isEmpty();
    }

    @Test
    void nestedObjectsHaveNamesWithDots() {
        assertThat(fields("{\"a\":{\"b\":{\"c\":1},\"d\":2},\"e\":3,\"f\":{\"g\":{\"h\":4}}}"))
                .isEqualTo("a.b.c=LONG:1 a.d=LONG:2 e=LONG:3 f.g.h=LONG:4");
        assertThat(fields("{\"a\":{\"b\":1},\"a.b\":2,\"\":3,\"x\":{\"\":4}}"))
                .isEqualTo("a.b=LONG:2 =LONG:3 x.=LONG:4");
    }

    @Test
    void arraysAndEmptyObjectsStayJson() {
        assertThat(fields("{\"a\":[1, {\"b\":[]},\"]\"],\"o\":{ },\"p\":{\"q\":[ ]}}"))
                .isEqualTo("a=JSON:[1, {\"b\":[]},\"]\"] o=JSON:{ } p.q=JSON:[ ]");
    }

    @Test
    void escapesAreResolved() {
        assertThat(
                        fields(
                                "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\",\"b\":\"x\\u00e9\\u20ac\\ud83d\\ude00y\",\"c\":\"plain\"}"))
                .isEqualTo("a=SPARE:\"\\/\b\f\n\r\t b=SPARE:xé€😀y c=SPAN:plain");
        assertThat(fields("{\"\\u0061\\\"\":1,\"b\":{\"\\n\":2}}")).isEqualTo("a\"=LONG:1 b.\n=LONG:2");
    }

    @Test
    void halfASurrogatePairReadsAsReplacement() {
        assertThat(
                        fields(
                                "{\"a\":\"\\ud83d\",\"b\":\"\\ude00\\ud83d\",\"c\":\"\\ud83d\\ud83d\\ude00\",\"d\":\"\\ud83dx\\n\"}"))
                .isEqualTo("a=SPARE:\ufffd b=SPARE:\ufffd\ufffd c=SPARE:\ufffd😀 d=SPARE:\ufffdx\n");
    }

    @Test
    void textsOfOtherLettersAreSpans() {
        assertThat(fields("{\"größe\":\"ÄÖ€😀 and more than eight bytes\"}"))
                .isEqualTo("größe=SPAN:ÄÖ€😀 and more than eight bytes");
    }

    @Test
    void noDigitIsLost() {
        assertThat(
                        fields(
                                "{\"a\":9223372036854775807,\"b\":-9223372036854775808,\"c\":9223372036854775808,"
                                        + "\"d\":-9223372036854775809,\"e\":18446744073709551615,\"f\":123456789012345678901234567890}"))
                .isEqualTo("a=LONG:9223372036854775807 b=LONG:-9223372036854775808 c=JSON:9223372036854775808"
                        + " d=JSON:-9223372036854775809 e=JSON:18446744073709551615"
                        + " f=JSON:123456789012345678901234567890");
        assertThat(fields("{\"a\":1e400,\"b\":-1E+400,\"c\":1e-400,\"d\":0e999999999999,\"e\":-0,\"f\":-0.0}"))
                .isEqualTo("a=JSON:1e400 b=JSON:-1E+400 c=DOUBLE:0.0 d=DOUBLE:0.0 e=LONG:0 f=DOUBLE:-0.0");
        assertThat(fields("{\"a\":0.30000000000000004,\"b\":1e2,\"c\":10000000000000000000000.0,\"d\":4.9e-324}"))
                .isEqualTo("a=DOUBLE:0.30000000000000004 b=DOUBLE:100.0 c=DOUBLE:1.0E22 d=DOUBLE:4.9E-324");
    }

    @Test
    void theLastOfEqualNamesCounts() {
        assertThat(fields("{\"a\":1,\"b\":2,\"a\":\"x\",\"\\u0062\":[]}")).isEqualTo("a=SPAN:x b=JSON:[]");
        assertThat(fields("{\"msg\":\"x\",\"msg\":\"y\"}")).isEqualTo("message=SPAN:y");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{\"a\":1 \"b\":2}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":1.}",
                "{\"a\":.5}",
                "{\"a\":-}",
                "{\"a\":+1}",
                "{\"a\":1e}",
                "{\"a\":1e+}",
                "{\"a\":0x1}",
                "{\"a\":tru}",
                "{\"a\":truex}",
                "{\"a\":True}",
                "{\"a\":NaN}",
                "{\"a\":[1,]}",
                "{\"a\":[1 2]}",
                "{\"a\":[}",
                "{\"a\":[1}",
                "{\"a\":{]}",
                "{\"a\":[{\"b\"}]}",
                "{\"a\":[{\"b\":1]]}",
                "{\"a\":\"x}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"\\u12",
                "{\"a\":\"\\",
                "{\"a\":\"tab\there\"}",
                "{\"a\":1",
                "{\"a\":{\"b\":1}",
                "nul",
                "[",
                "\"x",
                "\ufeff{}",
                "plain text",
                "{\"a\":\"\\u１２３４\"}",
                "{/**/}"
            })
    void whatIsNoJsonIsRefusedAndTheEventStaysAsItWas(String line) {
        event.setLine(line);
        event.fields().putText(Keys.SOURCE, Text.of("web"));

        assertThat(parser.parse(event)).isEqualTo(ParseResult.BAD_JSON);

        assertThat(JsonShown.fields(event, keys)).isEqualTo("source=TEXT:web");
        assertThat(event.spareLength()).isZero();
        assertThat(event.level()).isNull();
    }

    @Test
    void aLineThatIsRefusedLateLeavesNothing() {
        assertThat(parse("{\"level\":\"INFO\",\"time\":\"2020-01-01T00:00:00Z\",\"a\":\"\\n\",\"b\":1}x"))
                .isEqualTo(ParseResult.TRAILING_TEXT);

        assertThat(event.fields().count()).isZero();
        assertThat(event.spareLength()).isZero();
        assertThat(event.level()).isNull();
        assertThat(event.timeNs()).isEqualTo(LogEvent.NO_TIME);
    }

    @Test
    void otherReasonsHaveTheirOwnNames() {
        assertThat(parse("")).isEqualTo(ParseResult.EMPTY_LINE);
        assertThat(parse(" \t\r\n")).isEqualTo(ParseResult.EMPTY_LINE);
        assertThat(parse(" [1]")).isEqualTo(ParseResult.NOT_AN_OBJECT);
        assertThat(parse("\"x\"")).isEqualTo(ParseResult.NOT_AN_OBJECT);
        assertThat(parse("null ")).isEqualTo(ParseResult.NOT_AN_OBJECT);
        assertThat(parse("1 2")).isEqualTo(ParseResult.TRAILING_TEXT);
        assertThat(parse("{} {}")).isEqualTo(ParseResult.TRAILING_TEXT);
        assertThat(parse("{\"a\":1}}")).isEqualTo(ParseResult.TRAILING_TEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ff",
                "c0 80",
                "c1 bf",
                "e0 9f bf",
                "ed a0 80",
                "f0 8f bf bf",
                "f4 90 80 80",
                "f5 80 80 80",
                "80",
                "e2 82",
                "f0 9f 98",
                "c3 28",
                "e2 28 a1",
                "f0 9f 28 8c"
            })
    void bytesThatAreNotUtf8AreRefused(String hex) {
        for (String where :
                new String[] {"{\"a\":\"%s\"}", "{\"%s\":1}", "{\"a\":[\"01234567%s\"]}", "{\"a\":[{\"%s\":1}]}"}) {
            String bad = new String(HexFormat.ofDelimiter(" ").parseHex(hex), StandardCharsets.ISO_8859_1);
            byte[] line = where.replace("%s", bad).getBytes(StandardCharsets.ISO_8859_1);
            event.clear();
            event.setLine(line, 0, line.length);

            assertThat(parser.parse(event)).as(where).isEqualTo(ParseResult.BAD_UTF8);
        }
    }

    @Test
    void nestingHasALimit() {
        int max = JsonParser.DEPTH_MAX;
        assertThat(parse("{\"a\":".repeat(max) + "1" + "}".repeat(max))).isEqualTo(ParseResult.PARSED);
        assertThat(parse("{\"a\":" + "[".repeat(max - 1) + "]".repeat(max - 1) + "}"))
                .isEqualTo(ParseResult.PARSED);
        assertThat(parse("[".repeat(max) + "]".repeat(max))).isEqualTo(ParseResult.NOT_AN_OBJECT);

        assertThat(parse("{\"a\":".repeat(max + 1) + "1" + "}".repeat(max + 1))).isEqualTo(ParseResult.TOO_DEEP);
        assertThat(parse("{\"a\":".repeat(max) + "{}" + "}".repeat(max))).isEqualTo(ParseResult.TOO_DEEP);
        assertThat(parse("{\"a\":" + "[".repeat(max) + "]".repeat(max) + "}")).isEqualTo(ParseResult.TOO_DEEP);
        assertThat(parse("[".repeat(100_000))).isEqualTo(ParseResult.TOO_DEEP);
    }

    @Test
    void namesHaveALimit() {
        String name = "n".repeat(JsonParser.NAME_BYTES_MAX);
        assertThat(parse("{\"" + name + "\":1}")).isEqualTo(ParseResult.PARSED);
        assertThat(parse("{\"" + name + "x\":1}")).isEqualTo(ParseResult.NAME_TOO_LONG);
        assertThat(parse("{\"a\":{\"" + name + "\":1}}")).isEqualTo(ParseResult.NAME_TOO_LONG);
        assertThat(parse("{\"" + "\\u006e".repeat(JsonParser.NAME_BYTES_MAX) + "\":1}"))
                .isEqualTo(ParseResult.PARSED);
        assertThat(parse("{\"" + "\\u006e".repeat(JsonParser.NAME_BYTES_MAX + 1) + "\":1}"))
                .isEqualTo(ParseResult.NAME_TOO_LONG);
    }

    @Test
    void fieldsHaveALimit() {
        StringBuilder line = new StringBuilder("{\"f0\":0");
        for (int i = 1; i < Fields.COUNT_MAX; i++) {
            line.append(",\"f").append(i).append("\":").append(i);
        }
        assertThat(parse(line + "}")).isEqualTo(ParseResult.PARSED);
        assertThat(event.fields().count()).isEqualTo(Fields.COUNT_MAX);
        assertThat(parse(line + ",\"one more\":1}")).isEqualTo(ParseResult.FIELDS_FULL);
        assertThat(event.fields().count()).isZero();

        event.clear();
        event.setLine(line + "}");
        event.fields().putText(Keys.SOURCE, Text.of("web"));
        assertThat(parser.parse(event)).isEqualTo(ParseResult.FIELDS_FULL);
        assertThat(event.fields().count()).isEqualTo(1);
    }

    @Test
    void keysHaveALimit() {
        int i = 0;
        while (parse("{\"k" + i + "\":1}") == ParseResult.PARSED) {
            i++;
        }

        assertThat(parse("{\"k" + i + "\":1}")).isEqualTo(ParseResult.KEYS_FULL);
        assertThat(parse("{\"k0\":1}")).isEqualTo(ParseResult.PARSED);
        // The constants, and the names that mean something.
        assertThat(i).isEqualTo(Keys.COUNT_MAX - 4 - 9);
    }

    @Test
    void linesThatAreRefusedUseUpNoKeys() {
        for (int i = 0; i < 2 * Keys.COUNT_MAX; i++) {
            assertThat(parse("{\"k" + i + "\":{\"l\":1},\"m\":[}")).isEqualTo(ParseResult.BAD_JSON);
            assertThat(parse("{\"\\u006b" + i + "\":1} x")).isEqualTo(ParseResult.TRAILING_TEXT);
        }

        assertThat(keys.id("next")).isEqualTo(4 + 9);
    }

    @Test
    void spareBytesHaveALimit() {
        String many = "{\"a\":\"" + "\\u0001".repeat(100_000) + "\"}";
        assertThat(parse(many)).isEqualTo(ParseResult.PARSED);
        event.addSpare(LogEvent.SPARE_BYTES_MAX - event.spareLength());
        assertThat(parser.parse(event)).isEqualTo(ParseResult.SPARE_FULL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"level\":\"WARN\"} | WARN |",
                "{\"level\":\"warn\"} | WARN |",
                "{\"severity\":\"Warning\"} | WARN | level_word=SPAN:Warning",
                "{\"lvl\":\"crit\"} | FATAL | level_word=SPAN:crit",
                "{\"log.level\":\"debug\"} | DEBUG |",
                "{\"log\":{\"level\":\"debug\"}} | DEBUG |",
                "{\"level\":\"\\u0049NFO\"} | INFO |",
                "{\"level\":\"\\u0065rr\"} | ERROR | level_word=SPARE:err",
                "{\"level\":30} | null | level_word=LONG:30",
                "{\"level\":\"loud\"} | null | level_word=SPAN:loud",
                "{\"level\":null} | null | level_word=NULL:",
                "{\"level\":{\"name\":\"info\"}} | null | level.name=SPAN:info",
                "{\"lvl\":0,\"severity\":true} | null | lvl=LONG:0 severity=BOOLEAN:true",
                "{\"severity\":\"ERROR\",\"level\":30} | ERROR | level_word=LONG:30",
                "{\"severity\":\"err\",\"level\":30} | ERROR | level_word=SPAN:err level_field=LONG:30",
                "{\"severity\":\"low\",\"level\":\"ERROR\",\"lvl\":\"INFO\"} | ERROR | severity=SPAN:low lvl=SPAN:INFO",
                "{\"level\":\"WARN\",\"level_word\":\"warning\"} | WARN | level_word=SPAN:warning",
                "{\"level\":\"err\",\"level_word\":\"mine\"} | ERROR | level_word=SPAN:mine level_field=SPAN:err",
                "{\"level\":\"err\",\"level_word\":1,\"level_field\":2} | ERROR | level_word=LONG:1 level_field=SPAN:err"
            })
    void theLevelIsFoundOrItsTextKept(String line, String level, String fields) {
        assertThat(fields(line)).isEqualTo(fields == null ? "" : fields);
        assertThat(String.valueOf(event.level())).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"timestamp\":\"2015-05-17T10:05:03.25Z\"} | 2015-05-17T10:05:03.250Z |",
                "{\"@timestamp\":\"2015-09-06T05:58:05+09:00\"} | 2015-09-05T20:58:05Z |",
                "{\"time\":1745532517537} | 2025-04-24T22:08:37.537Z |",
                "{\"ts\":1663977609.484000123} | 2022-09-24T00:00:09.484000123Z |",
                "{\"ts\":\"1663977609\"} | 2022-09-24T00:00:09Z |",
                "{\"time\":\"2015-05-17T10:05:03\\u005a\"} | 2015-05-17T10:05:03Z |",
                "{\"time\":0.057} | none | time=DOUBLE:0.057",
                "{\"time\":12} | none | time=LONG:12",
                "{\"time\":-1} | none | time=LONG:-1",
                "{\"time\":\"noon\"} | none | time=SPAN:noon",
                "{\"timestamp\":\"noon\",\"ts\":null} | none | timestamp_field=SPAN:noon ts=NULL:",
                "{\"timestamp\":{\"s\":1}} | none | timestamp.s=LONG:1",
                "{\"time\":12,\"ts\":1663977609} | 2022-09-24T00:00:09Z | time=LONG:12",
                "{\"ts\":1663977608,\"timestamp\":1663977609} | 2022-09-24T00:00:09Z | ts=LONG:1663977608"
            })
    void theTimeIsFoundOrItsTextKept(String line, String time, String fields) {
        assertThat(fields(line)).isEqualTo(fields == null ? "" : fields);
        assertThat(
                        event.timeNs() == LogEvent.NO_TIME
                                ? "none"
                                : Instant.ofEpochSecond(0, event.timeNs()).toString())
                .isEqualTo(time);
    }

    @Test
    void whatMightBeLevelOrTimeAndIsNotStandsLast() {
        assertThat(fields("{\"time\":1,\"level\":2,\"a\":3,\"time\":4}"))
                .isEqualTo("a=LONG:3 time=LONG:4 level_word=LONG:2");
    }

    @Test
    void theMessageHasTwoNames() {
        assertThat(fields("{\"msg\":1,\"a\":2,\"message\":3,\"msg\":4,\"message\":5,\"msg\":6}"))
                .isEqualTo("msg=LONG:6 a=LONG:2 message=LONG:5");
        assertThat(fields("{\"a\":1,\"msg\":\"x\"}")).isEqualTo("a=LONG:1 message=SPAN:x");
        assertThat(fields("{\"msg\":\"x\",\"message\":\"y\"}")).isEqualTo("msg=SPAN:x message=SPAN:y");
        assertThat(fields("{\"message\":\"y\",\"msg\":\"x\"}")).isEqualTo("message=SPAN:y msg=SPAN:x");
        assertThat(fields("{\"msg\":{\"a\":1},\"message\":7}")).isEqualTo("msg.a=LONG:1 message=LONG:7");
    }

    @Test
    void aMemberCalledLineIsAFieldOfAnotherName() {
        assertThat(fields("{\"line\":42,\"x\":{\"line\":43}}")).isEqualTo("line_field=LONG:42 x.line=LONG:43");
        assertThat(fields("{\"line\":42}")).isEqualTo("line_field=LONG:42");
    }

    @Test
    void parsingTwiceChangesNothing() {
        String line =
                "{\"level\":\"err\",\"msg\":\"a\\nb\",\"n\":1,\"o\":{\"p\":[1]},\"time\":\"2015-05-17T10:05:03Z\",\"z\":null,"
                        + "\"d\":1.5,\"b\":true}";
        String once = fields(line);

        assertThat(parser.parse(event)).isEqualTo(ParseResult.PARSED);

        assertThat(JsonShown.fields(event, keys)).isEqualTo(once);
        assertThat(event.level()).isEqualTo(Level.ERROR);
    }

    @Test
    void fieldsThatWereThereStay() {
        event.setLine("{\"a\":1,\"env\":\"dev\"}");
        event.fields().putText(Keys.SOURCE, Text.of("web"));
        event.fields().putText(keys.id("env"), Text.of("prod"));

        assertThat(parser.parse(event)).isEqualTo(ParseResult.PARSED);

        assertThat(JsonShown.fields(event, keys)).isEqualTo("source=TEXT:web env=SPAN:dev a=LONG:1");
    }

    @Test
    void linesOfOtherShapesInBetweenAreReadRightly() {
        String[] lines = {
            "{\"a\":1,\"b\":2,\"c\":3}",
            "{\"a\":1,\"bc\":2}",
            "{\"a\":1,\"b\":{\"c\":3}}",
            "{\"b\":{\"a\":1,\"b\":2}}",
            "{\"a\":{\"a\":{\"a\":1}},\"a\":1}",
            "{\"longer name than eight\":1,\"longer name than eighty\":2}",
            "{\"longer name than eight\":1,\"longer nama than eight\":2}",
            "{\"a\\\"\":1,\"a\":2}"
        };
        String[] alone = new String[lines.length];
        for (int i = 0; i < lines.length; i++) {
            event.clear();
            event.setLine(lines[i]);
            Keys fresh = new Keys();
            assertThat(new JsonParser(fresh).parse(event)).isEqualTo(ParseResult.PARSED);
            alone[i] = JsonShown.fields(event, fresh);
        }

        for (int i = 0; i < lines.length * lines.length; i++) {
            assertThat(fields(lines[i / lines.length])).isEqualTo(alone[i / lines.length]);
            assertThat(fields(lines[i % lines.length])).isEqualTo(alone[i % lines.length]);
        }
    }

    @Test
    void theSchemaIsOpen() {
        assertThat(parser.schema().isOpen()).isTrue();
        assertThat(parser.schema().typeOf("level")).contains(FieldType.LEVEL);
        assertThat(parser.schema().typeOf("timestamp")).contains(FieldType.TIME);
        assertThat(parser.schema().typeOf("anything")).contains(FieldType.ANY);
    }
}
