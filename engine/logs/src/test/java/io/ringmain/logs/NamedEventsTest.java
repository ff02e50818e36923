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
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a letter has of a log event is the same event for a pipeline that numbers its fields in another way. */
class NamedEventsTest {

    private final Keys keys = new Keys();
    private final NamedEvents codec = new NamedEvents(keys);
    private final Keys others = new Keys();

    private LogEvent event() {
        LogEvent event = new LogEvent();
        byte[] slab = "....WARN user=ü n=1 {}....".getBytes(StandardCharsets.UTF_8);
        event.wrapLine(slab, 4, slab.length - 8);
        event.setTimeNs(1_700_000_000_000_000_001L);
        event.setLevel(Level.WARN);
        event.setBytesCut(3);
        Fields fields = event.fields();
        fields.putSpan(keys.id("user"), 14, 2);
        fields.putJson(keys.id("rest"), 21, 2);
        fields.putText(keys.id("env"), Text.of("prod"));
        int at = event.addSpare(4);
        System.arraycopy("made".getBytes(StandardCharsets.UTF_8), 0, event.spare(), at, 4);
        fields.putSpare(keys.id("decoded"), at, 4);
        fields.putLong(keys.id("n"), Long.MIN_VALUE);
        fields.putDouble(keys.id("d"), -0.0);
        fields.putBoolean(keys.id("b"), true);
        fields.putTime(keys.id("t"), 5);
        fields.putNull(keys.id("none"));
        fields.putSpan(Keys.MESSAGE, 9, 4);
        return event;
    }

    private byte[] written(LogEvent event) throws IOException {
        var bytes = new ByteArrayOutputStream();
        codec.write(event, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private LogEvent read(byte[] bytes) throws IOException {
        others.id("n");
        others.id("other");
        LogEvent event = new LogEvent();
        var in = new DataInputStream(new ByteArrayInputStream(bytes));
        new NamedEvents(others).read(event, in, codec.format());
        assertThat(in.available()).isZero();
        return event;
    }

    @Test
    void aPipelineWithOtherNumbersReadsTheSame() throws IOException {
        LogEvent event = event();

        LogEvent same = read(written(event));

        assertThat(same.line()).isEqualTo("WARN user=ü n=1 {}").isEqualTo(event.line());
        assertThat(same.timeNs()).isEqualTo(event.timeNs());
        assertThat(same.level()).isEqualTo(Level.WARN);
        assertThat(same.bytesCut()).isEqualTo(3);
        assertThat(same.fields().count()).isEqualTo(event.fields().count());
        for (int i = 0; i < event.fields().count(); i++) {
            String name = keys.name(event.fields().key(i));
            assertThat(others.name(same.fields().key(i))).isEqualTo(name);
            assertThat(same.fieldText(others.id(name))).as(name).isEqualTo(event.fieldText(keys.id(name)));
        }
        assertThat(same.message()).isEqualTo("user");
        assertThat(same.fields().kind(same.fields().indexOf(others.id("none")))).isEqualTo(Fields.Kind.NULL);
        assertThat(same.fields().kind(same.fields().indexOf(others.id("rest")))).isEqualTo(Fields.Kind.JSON);
    }

    @Test
    void theLineIsThePayload() throws IOException {
        LogEvent event = event();
        byte[] bytes = written(event);

        int from = codec.payloadOffset(event);
        byte[] payload = Arrays.copyOfRange(bytes, from, from + codec.payloadLength(event, bytes.length));

        assertThat(new String(payload, StandardCharsets.UTF_8)).isEqualTo(event.line());
        assertThat(codec.name()).isEqualTo("log");
    }

    @Test
    void anEventWithoutALineHasNone() throws IOException {
        LogEvent none = read(written(new LogEvent()));
        assertThat(none.hasLine()).isFalse();
        assertThat(none.level()).isNull();
        assertThat(none.timeNs()).isEqualTo(LogEvent.NO_TIME);

        LogEvent empty = new LogEvent();
        empty.setLine("");
        assertThat(read(written(empty)).hasLine()).isTrue();
    }

    @Test
    void anotherFormatIsRefused() {
        assertThatThrownBy(
                        () -> codec.read(new LogEvent(), new DataInputStream(new ByteArrayInputStream(new byte[9])), 2))
                .isInstanceOf(IOException.class)
                .hasMessage("log event: damaged (expected: a format of 1)");
    }

    @Test
    void damagedBytesAreRefusedAndNothingWorse() throws IOException {
        byte[] right = written(event());
        long seed = new Random().nextLong();
        System.getLogger("test").log(System.Logger.Level.INFO, "seed=" + seed);
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] wrong = right.clone();
            for (int damages = random.nextInt(3); damages >= 0; damages--) {
                wrong[random.nextInt(wrong.length)] = (byte) random.nextInt();
            }
            LogEvent event = new LogEvent();
            try {
                new NamedEvents(new Keys())
                        .read(event, new DataInputStream(new ByteArrayInputStream(wrong)), codec.format());
            } catch (IOException refused) {
                continue;
            }
            // What was read can be used.
            for (int field = 0; field < event.fields().count(); field++) {
                event.fieldText(event.fields().key(field));
            }
            assertThat(event.toString()).as("seed=%d", seed).isNotEmpty();
        }
    }
}
