package io.ringmain.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.testing.EventTypeContract;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LogEventTest {

    private final LogEvent event = new LogEvent();

    @Test
    void theTypeKeepsItsContract() {
        EventTypeContract.of(LogEvent.TYPE, LogEventTest::picture)
                .filledBy(LogEventTest::fill)
                .filledBy(filled -> filled.setLine("x".repeat(5_000)))
                .check();
    }

    @Test
    void whatIsWrittenIsReadAgainAsACopyWouldBe() throws IOException {
        byte[] slab = "xxxxERROR shop down yyyy".getBytes(UTF_8);
        event.wrapLine(slab, 4, 15);
        event.setTimeNs(42);
        event.setLevel(Level.WARN);
        event.fields().putSpan(Keys.MESSAGE, 15, 4);
        event.fields().putDouble(13, 3);
        event.fields().putBoolean(14, true);
        event.fields().putNull(15);
        event.fields().putJson(16, 4, 5);
        event.fields().putTime(17, 99);
        event.fields().putSpare(30, event.addSpare(3), 3);
        System.arraycopy("abc".getBytes(UTF_8), 0, event.spare(), 0, 3);
        for (int key = 100; key < 150; key++) {
            event.fields().putText(key, Text.of("text " + key));
        }
        event.setBytesCut(5);
        LogEvent copy = new LogEvent();
        LogEvent.TYPE.copy(event, copy);

        LogEvent read = again(event);

        assertThat(picture(read)).isEqualTo(picture(copy)).contains(" 30=abc", " 16=ERROR", " 149=text 149");
        assertThat(read.bytesCut()).isEqualTo(5);
        assertThat(read.lineOffset()).isZero();
        assertThat(again(new LogEvent())).satisfies(empty -> {
            assertThat(empty.hasLine()).isFalse();
            assertThat(empty.level()).isNull();
            assertThat(empty.timeNs()).isEqualTo(LogEvent.NO_TIME);
        });
    }

    private static LogEvent again(LogEvent event) throws IOException {
        var bytes = new ByteArrayOutputStream();
        LogEvent.TYPE.write(event, new DataOutputStream(bytes));
        var in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        LogEvent read = new LogEvent();
        LogEvent.TYPE.read(read, in, LogEvent.TYPE.format());
        assertThat(in.available()).isZero();
        return read;
    }

    @Test
    void aCopySharesNothingThatChanges() {
        fill(event);
        LogEvent copy = new LogEvent();

        LogEvent.TYPE.copy(event, copy);
        String before = picture(copy);
        event.setLine("?????????????????????????");
        event.fields().putLong(2, -1);

        assertThat(picture(copy)).isEqualTo(before);
    }

    @Test
    void eachKindOfFieldIsReadAsItWasPut() {
        event.setLine("abcdef");
        Fields fields = event.fields();

        fields.putSpan(10, 2, 3);
        fields.putText(11, Text.of("prod"));
        fields.putLong(12, Long.MIN_VALUE);
        fields.putDouble(13, -0.5);
        fields.putBoolean(14, true);

        assertThat(event.fieldText(10)).isEqualTo("cde");
        assertThat(fields.offset(0)).isEqualTo(2);
        assertThat(fields.length(0)).isEqualTo(3);
        assertThat(fields.text(fields.indexOf(11))).isEqualTo(Text.of("prod"));
        assertThat(fields.longValue(fields.indexOf(12))).isEqualTo(Long.MIN_VALUE);
        assertThat(fields.doubleValue(fields.indexOf(13))).isEqualTo(-0.5);
        assertThat(fields.booleanValue(fields.indexOf(14))).isTrue();
        assertThat(event.fieldText(15)).isNull();
    }

    @Test
    void puttingAKeyAgainReplacesItsValue() {
        event.fields().putLong(1, 1);
        event.fields().putText(1, Text.of("one"));

        assertThat(event.fields().count()).isEqualTo(1);
        assertThat(event.fieldText(1)).isEqualTo("one");
    }

    @Test
    void aFieldTooManyIsRefusedAndTheOthersStay() {
        for (int key = 0; key < Fields.COUNT_MAX; key++) {
            assertThat(event.fields().putLong(key, key)).isTrue();
        }

        assertThat(event.fields().putLong(Fields.COUNT_MAX, 0)).isFalse();
        assertThat(event.fields().putLong(0, 7)).isTrue();
        assertThat(event.fieldText(Fields.COUNT_MAX - 1)).isEqualTo("1023");
    }

    @Test
    void aFieldThatIsNotThereIsRefused() {
        event.fields().putLong(1, 1);

        assertThatThrownBy(() -> event.fields().kind(1)).hasMessage("field: 1 (expected: from 0 to 0)");
    }

    @Test
    void aLineIsBounded() {
        byte[] bytes = new byte[LogEvent.LINE_BYTES_MAX + 1];

        assertThat(event.setLine(bytes, 0, LogEvent.LINE_BYTES_MAX)).isTrue();
        assertThat(event.setLine(bytes, 0, bytes.length)).isFalse();
        assertThat(event.lineLength()).isEqualTo(LogEvent.LINE_BYTES_MAX);
    }

    @Test
    void aCopyOfAWrappedLineOwnsItAndItsSpansFollow() {
        byte[] slab = "xxxxERROR shop down yyyy".getBytes(UTF_8);
        event.wrapLine(slab, 4, 15);
        event.fields().putSpan(Keys.MESSAGE, 15, 4);
        int offset = event.addSpare(2);
        event.spare()[offset] = 'o';
        event.spare()[offset + 1] = 'k';
        event.fields().putSpare(30, offset, 2);
        LogEvent copy = new LogEvent();

        LogEvent.TYPE.copy(event, copy);
        Arrays.fill(slab, (byte) '?');
        event.spare()[offset] = '?';

        assertThat(copy.line()).isEqualTo("ERROR shop down");
        assertThat(copy.message()).isEqualTo("down");
        assertThat(copy.fieldText(30)).isEqualTo("ok");
    }

    @Test
    void anEventThatHasLeftKeepsNoLargeBytes() {
        event.setLine("x".repeat(50_000));
        event.addSpare(50_000);

        LogEvent.TYPE.release(event);
        event.clear();

        assertThat(event.bytes().length + event.spare().length).isLessThan(5_000);
    }

    @Test
    void fieldsAreRenamedInTheirPlaceAndRemoved() {
        event.setLine("abcdef");
        event.fields().putSpan(10, 0, 1);
        event.fields().putText(11, Text.of("b"));
        event.fields().putLong(12, 3);

        assertThat(event.fields().remove(10)).isTrue();
        assertThat(event.fields().rename(11, 12)).isTrue();

        assertThat(event.fields().count()).isEqualTo(1);
        assertThat(event.fieldText(12)).isEqualTo("b");
        assertThat(event.fields().remove(10)).isFalse();
        assertThat(event.fields().rename(10, 11)).isFalse();
    }

    @Test
    void keysKeepTheirNumbers() {
        Keys keys = new Keys();

        int env = keys.id("env");

        assertThat(keys.id("env")).isEqualTo(env);
        assertThat(keys.name(env)).isEqualTo("env");
        assertThat(keys.name(Keys.LEVEL_WORD)).isEqualTo("level_word");
        assertThat(keys.name(Keys.INGEST_TIME)).isEqualTo("ingest_time");
    }

    private static void fill(LogEvent event) {
        event.setLine("WARNING shop slow answer");
        event.setTimeNs(42);
        event.setLevel(Level.WARN);
        event.fields().putSpan(Keys.SOURCE, 8, 4);
        event.fields().putSpan(Keys.MESSAGE, 13, 11);
        event.fields().putSpan(Keys.LEVEL_WORD, 0, 7);
        event.fields().putText(11, Text.of("prod"));
        event.fields().putLong(12, 2);
        event.fields().putDouble(13, 3);
        event.fields().putBoolean(14, true);
        event.fields().putNull(15);
    }

    private static String picture(LogEvent event) {
        StringBuilder picture = new StringBuilder();
        picture.append(event).append(event.timeNs()).append(event.message()).append(event.hasSource());
        for (int index = 0; index < event.fields().count(); index++) {
            int key = event.fields().key(index);
            picture.append(' ').append(key).append('=').append(event.fieldText(key));
        }
        return picture.toString();
    }
}
