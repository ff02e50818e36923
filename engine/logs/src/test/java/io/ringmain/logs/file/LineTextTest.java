package io.ringmain.logs.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineTextTest {

    private final Keys keys = new Keys();
    private final LineText encoder = new LineText(keys);
    private final LogEvent event = new LogEvent();
    private final Bytes bytes = new Bytes();

    private String text() {
        bytes.clear();
        encoder.encode(event, bytes);
        return bytes.toString();
    }

    @Test
    void lineIsWrittenAsItWasRead() {
        event.wrapLine("xx a\tline \u0000\u00fc yy".getBytes(StandardCharsets.UTF_8), 3, 10);
        event.fields().putLong(keys.id("status"), 200);

        assertThat(text()).isEqualTo("a\tline \u0000\u00fc\n");
    }

    @Test
    void emptyLineStaysAnEmptyLineWhateverFieldsItHas() {
        event.wrapLine(new byte[0], 0, 0);
        event.fields().putText(Keys.SOURCE, Text.of("web"));

        assertThat(text()).isEqualTo("\n");
    }

    @Test
    void resultIsWrittenAsItsFields() {
        event.setTimeNs(1_431_857_103_000_000_000L);
        event.setLevel(Level.WARN);
        event.fields().putText(keys.id("path"), Text.of("/a b\"c\\d\n\r\t"));
        event.fields().putText(keys.id("host"), Text.of("w\u00fc1"));
        event.fields().putText(keys.id("empty"), Text.of(""));
        event.fields().putText(keys.id("pair"), Text.of("a=b"));
        event.fields().putNull(keys.id("none"));
        event.fields().putLong(keys.id("count"), -12);
        event.fields().putDouble(keys.id("avg"), 1.5);
        event.fields().putBoolean(keys.id("ok"), true);
        event.fields().putTime(keys.id("first"), 0);

        assertThat(text())
                .isEqualTo(
                        "timestamp=2015-05-17T10:05:03Z level=WARN path=\"/a b\\\"c\\\\d\\n\\r\\t\" host=w\u00fc1 empty=\"\""
                                + " pair=\"a=b\" count=-12 avg=1.5 ok=true first=1970-01-01T00:00:00Z\n");
    }

    @Test
    void eventWithNothingIsAnEmptyLine() {
        assertThat(text()).isEqualTo("\n");
    }
}
