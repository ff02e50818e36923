package io.ringmain.logs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.Fields;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessParserTest {

    private static final String TIME = "[10/Oct/2000:13:55:36 -0700]";
    private static final long TIME_NS = 971_211_336_000_000_000L;

    private final Keys keys = new Keys();
    private final AccessParser common = AccessParser.common(keys);
    private final AccessParser combined = AccessParser.combined(keys);

    @Test
    void aCommonLineIsRead() {
        String line = "127.0.0.1 - frank " + TIME + " \"GET /apache_pb.gif HTTP/1.0\" 200 2326";

        assertThat(Facts.of(common, keys, line))
                .containsExactly(
                        Map.entry("timestamp", TIME_NS),
                        Map.entry("client", "127.0.0.1"),
                        Map.entry("user", "frank"),
                        Map.entry("method", "GET"),
                        Map.entry("path", "/apache_pb.gif"),
                        Map.entry("protocol", "HTTP/1.0"),
                        Map.entry("status", 200L),
                        Map.entry("bytes", 2326L));
    }

    @Test
    void aCombinedLineIsRead() {
        String line = "2001:db8::1 id joe " + TIME + " \"POST /a?b=c&d HTTP/1.1\" 201 0"
                + " \"http://www.example.com/start.html\" \"Mozilla/4.08 [en] (Win98; I ;Nav)\"";

        assertThat(Facts.of(combined, keys, line))
                .containsExactly(
                        Map.entry("timestamp", TIME_NS),
                        Map.entry("client", "2001:db8::1"),
                        Map.entry("ident", "id"),
                        Map.entry("user", "joe"),
                        Map.entry("method", "POST"),
                        Map.entry("path", "/a?b=c&d"),
                        Map.entry("protocol", "HTTP/1.1"),
                        Map.entry("status", 201L),
                        Map.entry("bytes", 0L),
                        Map.entry("referrer", "http://www.example.com/start.html"),
                        Map.entry("agent", "Mozilla/4.08 [en] (Win98; I ;Nav)"));
    }

    @Test
    void aDashIsAbsentAndAnEmptyTextIsNot() {
        Map<String, Object> facts = Facts.of(combined, keys, "h - - " + TIME + " \"GET / HTTP/1.1\" - - \"-\" \"\"");

        assertThat(facts.keySet()).containsExactly("timestamp", "client", "method", "path", "protocol", "agent");
        assertThat(facts).containsEntry("agent", "");
    }

    @ParameterizedTest
    @CsvSource({
        "h a b,a,b",
        "h - b,,b",
        "h a -,a,",
        "h - joe average,,joe average",
        "h - a [b] c,,a [b] c",
        "h - [x,,[x",
        "h - \"\",,\"\"",
        "h - CN=\"x y\",,CN=\"x y\"",
        "h -  b,,' b'"
    })
    void theTimesBracketEndsTheUser(String start, String ident, String user) {
        Map<String, Object> facts = Facts.of(common, keys, start + " " + TIME + " \"GET / HTTP/1.1\" 200 1");

        assertThat(facts).containsEntry("status", 200L);
        assertThat(facts.get("ident")).isEqualTo(ident);
        assertThat(facts.get("user")).isEqualTo(user);
    }

    @ParameterizedTest
    @CsvSource({
        "GET / HTTP/1.1,GET,/,HTTP/1.1",
        "GET / HTTP/2.0,GET,/,HTTP/2.0",
        "GET / HTTP/2,GET,/,HTTP/2",
        "GET / HTTP/V1.0,GET,/,HTTP/V1.0",
        "GET / HTTP/,GET,/,HTTP/",
        "OPTIONS * HTTP/1.1,OPTIONS,*,HTTP/1.1",
        "CONNECT a.example:443 HTTP/1.1,CONNECT,a.example:443,HTTP/1.1",
        "VERSION-CONTROL /x HTTP/1.1,VERSION-CONTROL,/x,HTTP/1.1",
        "BITS_POST /x HTTP/1.1,BITS_POST,/x,HTTP/1.1",
        "get /x HTTP/1.1,get,/x,HTTP/1.1",
        "GET /a b c HTTP/1.0,GET,/a b c,HTTP/1.0",
        "GET /a  b HTTP/1.0,GET,/a  b,HTTP/1.0",
        "GET /x?q=\\\"a\\\" HTTP/1.1,GET,/x?q=\\\"a\\\",HTTP/1.1",
        "GET /x?q=\\\\ HTTP/1.1,GET,/x?q=\\\\,HTTP/1.1",
        "GET /x?q=\"a\" HTTP/1.1,GET,/x?q=\"a\",HTTP/1.1",
        "GET /x?q=\"a\" \" \"b\" HTTP/1.1,GET,/x?q=\"a\" \" \"b\",HTTP/1.1",
        "GET /,GET,/,",
        "GET /ksc.html,GET,/ksc.html,",
        "GET x,GET,x,",
        "HEAD /x,HEAD,/x,"
    })
    void aWellFormedRequestIsTakenApart(String request, String method, String path, String protocol) {
        Map<String, Object> facts = Facts.of(common, keys, "h - - " + TIME + " \"" + request + "\" 200 1");

        assertThat(facts.get("method")).isEqualTo(method);
        assertThat(facts.get("path")).isEqualTo(path);
        assertThat(facts.get("protocol")).isEqualTo(protocol);
        assertThat(facts).doesNotContainKey("request").containsEntry("bytes", 1L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                " ",
                "GET",
                "GET ",
                " GET / HTTP/1.1",
                "GET  / HTTP/1.1",
                "GET /  HTTP/1.1",
                "GET / HTTP/1.1 ",
                "GET  HTTP/1.1",
                "GET HTTP/1.1",
                "GET /a b",
                "GET / RTSP/1.0",
                "GET / http/1.1",
                "t3 12.1.2",
                "/x",
                "/x HTTP/1.1",
                "HTTP/1.1",
                "SSH-2.0-Go",
                "\\x16\\x03\\x01\\x02",
                "\\x03\\x00\\x00/*\\xE0\\x00 Cookie: mstshash=Administr",
                "quit\\n",
                "\u0016\u0003\u0001\u0000",
                "G\u00c4T / HTTP/1.1",
                "\\\"",
                "GET\t/\tHTTP/1.1"
            })
    void aMalformedRequestIsKeptAsItIs(String request) {
        Map<String, Object> facts = Facts.of(common, keys, "h - - " + TIME + " \"" + request + "\" 400 -");

        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("timestamp", TIME_NS);
        expected.put("client", "h");
        expected.put("request", request);
        expected.put("status", 400L);
        assertThat(facts).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'',EMPTY_LINE",
        "'   ',EMPTY_LINE",
        "'\t \t',EMPTY_LINE",
        "h,BAD_CLIENT",
        "h -,BAD_CLIENT",
        "'h -  ',BAD_TIME",
        "' h - - T \"GET / HTTP/1.0\" 200 1',BAD_CLIENT",
        "h T \"GET / HTTP/1.0\" 200 1,BAD_CLIENT",
        "h - T \"GET / HTTP/1.0\" 200 1,BAD_CLIENT",
        "h  - T \"GET / HTTP/1.0\" 200 1,BAD_CLIENT",
        "h - -,BAD_TIME",
        "'h - - ',BAD_TIME",
        "h - - [,BAD_TIME",
        "h - - \"GET / HTTP/1.0\" 200 1,BAD_TIME",
        "h - - [10/Oct/2000:13:55:36 -0700,BAD_TIME",
        "h - - [10/Oct/2000:13:55:36 -0700 \"GET / HTTP/1.0\" 200 1,BAD_TIME",
        "h - - T,BAD_REQUEST",
        "'h - - T ',BAD_REQUEST",
        "h - - T \",BAD_REQUEST",
        "h - - T GET / HTTP/1.0 200 1,BAD_REQUEST",
        "h - - T \"GET / HTTP/1.0,BAD_REQUEST",
        "h - - T \"GET / HTTP/1.0\\\" 200 1,BAD_REQUEST",
        "h - - T\"GET / HTTP/1.0\" 200 1,BAD_REQUEST",
        "h - - T \"GET / HTTP/1.0\",BAD_STATUS",
        "'h - - T \"GET / HTTP/1.0\" ',BAD_STATUS",
        "h - - T \"GET / HTTP/1.0\" 200,BAD_STATUS",
        "h - - T \"GET / HTTP/1.0\"200 1,BAD_STATUS",
        "h - - T \"GET / HTTP/1.0\" 20 1,BAD_STATUS",
        "h - - T \"GET / HTTP/1.0\" 2000 1,BAD_STATUS",
        "h - - T \"GET / HTTP/1.0\" 2x0 1,BAD_STATUS",
        "h - - T \"GET / HTTP/1.0\" -1 1,BAD_STATUS",
        "'h - - T \"GET / HTTP/1.0\" 200 ',BAD_BYTES",
        "h - - T \"GET / HTTP/1.0\" 200  1,BAD_BYTES",
        "h - - T \"GET / HTTP/1.0\" 200 x,BAD_BYTES",
        "h - - T \"GET / HTTP/1.0\" 200 -1,BAD_BYTES",
        "h - - T \"GET / HTTP/1.0\" 200 1x,BAD_BYTES",
        "h - - T \"GET / HTTP/1.0\" 200 12345678x,BAD_BYTES",
        "h - - T \"GET / HTTP/1.0\" 200 1234567890123456789,BAD_BYTES",
        "h - - T \"GET / HTTP/1.0\" 200 1 x,TRAILING_TEXT",
        "h - - T \"GET / HTTP/1.0\" 200 1 \"-\" \"-\",TRAILING_TEXT"
    })
    void aLineThatIsNotCommonGetsAResultCode(String line, ParseResult result) {
        assertThat(Facts.of(
                        common,
                        keys,
                        line.replace("T ", TIME + " ")
                                .replace("T\"", TIME + "\"")
                                .replaceFirst("T$", TIME)))
                .isEqualTo(Map.of("result", result));
    }

    @ParameterizedTest
    @CsvSource({
        "'',BAD_REFERRER",
        "' ',BAD_REFERRER",
        "' \"',BAD_REFERRER",
        "' \"r',BAD_REFERRER",
        "' \"r\"',BAD_REFERRER",
        "' \"r\" ',BAD_REFERRER",
        "' \"r\" \"',BAD_REFERRER",
        "' \"r\" \"a',BAD_REFERRER",
        "' \"r\" \"a\\\"',BAD_REFERRER",
        "' \"r\"\"a\"',BAD_REFERRER",
        "' \"r\" a',BAD_REFERRER",
        "' r \"a\"',BAD_REFERRER",
        "' \"r\" \"a\" \"x\"',TRAILING_TEXT",
        "' \"r\" \"a\" 0.057',TRAILING_TEXT",
        "'  \"r\" \"a\"',BAD_REFERRER"
    })
    void aLineThatIsNotCombinedGetsAResultCode(String end, ParseResult result) {
        assertThat(Facts.of(combined, keys, "h - - " + TIME + " \"GET / HTTP/1.0\" 200 1" + end))
                .isEqualTo(Map.of("result", result));
    }

    @Test
    void blanksMayStandAtTheEnd() {
        assertThat(Facts.of(common, keys, "h - - " + TIME + " \"GET / HTTP/1.0\" 200 1 \t"))
                .containsEntry("bytes", 1L);
        assertThat(Facts.of(combined, keys, "h - - " + TIME + " \"GET / HTTP/1.0\" 200 1 \"r\" \"a\"  "))
                .containsEntry("agent", "a");
    }

    @Test
    void quotesWithinReferrerAndAgentEndNothing() {
        assertThat(Facts.of(
                        combined,
                        keys,
                        "h - - " + TIME + " \"GET / HTTP/1.0\" 200 1 \"/a\"b\\\" \\\\\" \"x \\\"y\\\" \"z\"\""))
                .containsEntry("referrer", "/a\"b\\\" \\\\")
                .containsEntry("agent", "x \\\"y\\\" \"z\"");
    }

    @Test
    void theLargestSizeIsRead() {
        assertThat(Facts.of(common, keys, "h - - " + TIME + " \"GET / HTTP/1.0\" 200 123456789012345678"))
                .containsEntry("bytes", 123_456_789_012_345_678L);
    }

    @Test
    void fieldsThatTheEventHasAreReplacedOrKept() {
        Keys used = new Keys();
        int agent = used.id("agent");
        int host = used.id("host");
        LogEvent event = new LogEvent();
        event.setLine("h - - " + TIME + " \"GET / HTTP/1.0\" 200 1 \"r\" \"a\"");
        event.fields().putText(Keys.SOURCE, Text.of("web"));
        event.fields().putText(agent, Text.of("old"));
        event.fields().putText(host, Text.of("here"));

        assertThat(AccessParser.combined(used).parse(event)).isEqualTo(ParseResult.PARSED);

        assertThat(Facts.read(used, event))
                .containsEntry("agent", "a")
                .containsEntry("source", "web")
                .containsEntry("host", "here")
                .hasSize(11);
    }

    @Test
    void anEventWithoutRoomStaysAsItWas() {
        LogEvent event = new LogEvent();
        event.setLine("h - - " + TIME + " \"GET / HTTP/1.0\" 200 1");
        for (int key = 100; event.fields().count() < Fields.COUNT_MAX - 1; key++) {
            event.fields().putLong(key, key);
        }

        assertThat(common.parse(event)).isEqualTo(ParseResult.FIELDS_FULL);

        assertThat(event.fields().count()).isEqualTo(Fields.COUNT_MAX - 1);
        assertThat(event.timeNs()).isEqualTo(LogEvent.NO_TIME);
    }

    @Test
    void theSchemaIsClosedAndTyped() {
        assertThat(combined.schema().isOpen()).isFalse();
        assertThat(combined.schema().types().keySet())
                .containsExactlyElementsOf(List.of(
                        "timestamp",
                        "client",
                        "ident",
                        "user",
                        "method",
                        "path",
                        "protocol",
                        "request",
                        "status",
                        "bytes",
                        "referrer",
                        "agent"));
        assertThat(combined.schema().typeOf("status")).contains(FieldType.NUMBER);
        assertThat(combined.schema().typeOf("timestamp")).contains(FieldType.TIME);
        assertThat(common.schema().typeOf("agent")).isEmpty();
    }
}
