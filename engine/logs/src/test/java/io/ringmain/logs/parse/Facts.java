package io.ringmain.logs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.logs.Fields;
import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a parser makes of a line, wherever the line stands and however often it is parsed. */
final class Facts {

    // What would go on with digits, quotes, words and times if somebody looked behind the line.
    private static final String[] NEIGHBOURS = {
        "0", "\"", " ", "x", " - - [10/Oct/2000:13:55:36 -0700] \"", "\\", "=", "\n"
    };

    private Facts() {}

    /**
     * Returns level, timestamp and fields, text as strings, in the order in which they were set; or the result if the line is not taken.
     */
    static Map<String, Object> of(LineParser parser, Keys keys, byte[] line) {
        LogEvent own = new LogEvent();
        own.setLine(line, 0, line.length);
        Map<String, Object> facts = parse(parser, keys, own);
        assertThat(parse(parser, keys, own)).as("parsed twice").isEqualTo(facts);
        LogEvent wrapped = new LogEvent();
        for (String neighbour : NEIGHBOURS) {
            byte[] around = neighbour.repeat(10).getBytes(StandardCharsets.UTF_8);
            byte[] middle = join(around, line, around);
            wrapped.clear();
            wrapped.wrapLine(middle, around.length, line.length);
            assertThat(parse(parser, keys, wrapped)).as("between %s", neighbour).isEqualTo(facts);
            byte[] last = join(around, line, new byte[0]);
            wrapped.clear();
            wrapped.wrapLine(last, around.length, line.length);
            assertThat(parse(parser, keys, wrapped))
                    .as("last, behind %s", neighbour)
                    .isEqualTo(facts);
        }
        LogEvent copy = new LogEvent();
        LogEvent.TYPE.copy(wrapped, copy);
        assertThat(read(keys, copy)).as("copied").isEqualTo(read(keys, wrapped));
        return facts;
    }

    static Map<String, Object> of(LineParser parser, Keys keys, String line) {
        return of(parser, keys, line.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> parse(LineParser parser, Keys keys, LogEvent event) {
        byte[] before = event.bytes().clone();
        Map<String, Object> known = read(keys, event);
        ParseResult result = parser.parse(event);
        assertThat(event.bytes()).isEqualTo(before);
        if (result == ParseResult.PARSED) {
            return read(keys, event);
        }
        assertThat(read(keys, event))
                .as("a line that is not taken stays as it was")
                .isEqualTo(known);
        return Map.of("result", result);
    }

    static Map<String, Object> read(Keys keys, LogEvent event) {
        Map<String, Object> facts = new LinkedHashMap<>();
        Level level = event.level();
        if (level != null) {
            facts.put("level", level);
        }
        if (event.timeNs() != LogEvent.NO_TIME) {
            facts.put("timestamp", event.timeNs());
        }
        Fields fields = event.fields();
        Value value = new Value();
        for (int i = 0; i < fields.count(); i++) {
            fields.read(i, event, value);
            Object object =
                    switch (value.kind()) {
                        case LONG, TIME -> value.longValue();
                        case BOOLEAN -> value.booleanValue();
                        default -> value.toString();
                    };
            assertThat(facts.put(keys.name(fields.key(i)), object)).as("twice").isNull();
        }
        return facts;
    }

    private static byte[] join(byte[] a, byte[] b, byte[] c) {
        byte[] all = new byte[a.length + b.length + c.length];
        System.arraycopy(a, 0, all, 0, a.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        System.arraycopy(c, 0, all, a.length + b.length, c.length);
        return all;
    }
}
