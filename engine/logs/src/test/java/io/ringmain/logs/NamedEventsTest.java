package io.ringmain.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Who knows other numbers finds the same names. */
class NamedEventsTest {

    private final Keys keys = new Keys();
    private final LogEvent event = new LogEvent();

    private static byte[] write(Keys keys, LogEvent event) throws IOException {
        var bytes = new ByteArrayOutputStream();
        new NamedEvents(keys).write(event, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static LogEvent read(Keys keys, byte[] bytes) throws IOException {
        var event = new LogEvent();
        new NamedEvents(keys).read(event, new DataInputStream(new ByteArrayInputStream(bytes)), 1);
        return event;
    }

    private void fill() {
        event.setLine("GET /a 200");
        event.setTimeNs(7);
        event.setLevel(Level.WARN);
        event.fields().putSpan(keys.id("path"), 4, 2);
        event.fields().putLong(keys.id("status"), 200);
        event.fields().putDouble(keys.id("took"), 1.5);
        event.fields().putText(keys.id("env"), Text.of("prod"));
    }

    @Test
    void anotherDictionaryFindsTheSameFields() throws IOException {
        fill();
        Keys others = new Keys();
        others.id("something");
        others.id("status");

        LogEvent found = read(others, write(keys, event));

        assertThat(found.line()).isEqualTo("GET /a 200");
        assertThat(found.timeNs()).isEqualTo(7);
        assertThat(found.level()).isEqualTo(Level.WARN);
        for (String name : new String[] {"path", "status", "took", "env"}) {
            assertThat(found.fieldText(others.id(name))).as(name).isEqualTo(event.fieldText(keys.id(name)));
        }
    }

    @Test
    void theRawInputIsTheLine() throws IOException {
        fill();
        byte[] bytes = write(keys, event);
        NamedEvents codec = new NamedEvents(keys);

        int from = codec.payloadOffset(event);
        byte[] payload = Arrays.copyOfRange(bytes, from, from + codec.payloadLength(event, bytes.length));

        assertThat(new String(payload, StandardCharsets.UTF_8)).isEqualTo("GET /a 200");
    }

    @Test
    void aResultHasNoLineAndItsFields() throws IOException {
        event.fields().putLong(keys.id("requests"), 3);

        LogEvent found = read(new Keys(), write(keys, event));

        assertThat(found.hasLine()).isFalse();
        assertThat(found.fields().count()).isEqualTo(1);
    }

    @Test
    void whatIsNotOfThisFormatIsRefused() throws IOException {
        fill();
        byte[] bytes = write(keys, event);
        NamedEvents codec = new NamedEvents(new Keys());

        assertThatThrownBy(() -> codec.read(new LogEvent(), new DataInputStream(new ByteArrayInputStream(bytes)), 2))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format 2 (expected: 1)");
    }
}
