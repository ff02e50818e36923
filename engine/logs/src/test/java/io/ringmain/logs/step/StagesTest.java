package io.ringmain.logs.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.logs.Fields;
import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import io.ringmain.logs.parse.ParseResult;
import io.ringmain.logs.parse.RejectedException;
import io.ringmain.spi.Transform;
import io.ringmain.testing.StageContract;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class StagesTest {

    private final LogEvent event = new LogEvent();
    private final Keys keys = new Keys();
    private final int a = keys.id("a");
    private final int b = keys.id("b");

    private String fields() {
        return Rows.text(event, keys);
    }

    private void fill(LogEvent filled) {
        filled.setLine("WARN disk [1] full");
        filled.setLevel(Level.WARN);
        filled.setTimeNs(42);
        filled.fields().putSpan(a, 5, 4);
        filled.fields().putJson(b, 10, 3);
        filled.fields().putLong(Keys.INGEST_TIME, 7);
    }

    private void check(Supplier<Transform<LogEvent>> transforms) {
        StageContract.of(
                        () -> {
                            Transform<LogEvent> transform = transforms.get();
                            return filled -> {
                                transform.apply(filled);
                                return true;
                            };
                        },
                        LogEvent.TYPE,
                        filled -> Rows.text(filled, keys))
                .given(this::fill)
                .given(LogEvent::clear)
                .given(filled -> filled.fields().putText(a, Text.of("error")))
                .check();
    }

    @Test
    void theStepsKeepTheContractOfStages() {
        check(() -> new SetField(a, Text.of("x")));
        check(() -> new SetField(Keys.LEVEL, Text.of("Warning")));
        check(() -> new SetHost(keys, "here"));
        check(() -> new SetIngestTime(() -> 42));
        check(() -> new RemoveField(a));
        check(() -> new RemoveField(Keys.LEVEL));
        check(() -> new RenameField(a, b));
        check(() -> new RenameField(Keys.TIMESTAMP, a));
        check(() -> new CopyField(Keys.LINE, keys.id("whole")));
        check(() -> new CopyField(b, a));
        StageContract.of(() -> new Sample(2), LogEvent.TYPE, filled -> Rows.text(filled, keys))
                .given(this::fill)
                .given(this::fill)
                .given(this::fill)
                .neverRetried()
                .check();
        StageContract.of(() -> new KeepLevel(Level.WARN), LogEvent.TYPE, filled -> Rows.text(filled, keys))
                .given(this::fill)
                .given(LogEvent::clear)
                .check();
    }

    @Test
    void aFieldIsSetOnEachEvent() throws Exception {
        SetField set = new SetField(a, Text.of("prod"));

        set.apply(event);
        set.apply(event);

        assertThat(fields()).isEqualTo("a='prod'");
    }

    @Test
    void aConstantLevelIsKnownWhenTheStepIsMade() throws Exception {
        new SetField(Keys.LEVEL, Text.of("critical")).apply(event);

        assertThat(event.level()).isEqualTo(Level.FATAL);
        assertThatThrownBy(() -> new SetField(Keys.LEVEL, Text.of("loud")))
                .hasMessage("set.level: loud (expected: TRACE, DEBUG, INFO, WARN, ERROR, FATAL or an alias)");
    }

    @Test
    void theHostIsAField() throws Exception {
        new SetHost(keys, "web-1").apply(event);

        assertThat(fields()).isEqualTo("host='web-1'");
    }

    @Test
    void theIngestTimeIsWhatTheClockSaysAndATime() throws Exception {
        new SetIngestTime(() -> 1_234_567_890_123_456_789L).apply(event);

        int index = event.fields().indexOf(Keys.INGEST_TIME);
        assertThat(event.fields().longValue(index)).isEqualTo(1_234_567_890_123_456_789L);
        assertThat(event.fields().kind(index)).isEqualTo(Fields.Kind.TIME);
    }

    @Test
    void aCopyOfTextSharesItsBytesAndAllKindsStayWhatTheyAre() throws Exception {
        int c = keys.id("c");
        fill(event);
        event.fields().putSpare(c, event.addSpare(3), 3);

        new CopyField(a, keys.id("a2")).apply(event);
        new CopyField(b, keys.id("b2")).apply(event);
        new CopyField(c, keys.id("c2")).apply(event);
        new CopyField(Keys.INGEST_TIME, keys.id("n2")).apply(event);
        new CopyField(keys.id("none"), a).apply(event);

        assertThat(fields())
                .contains("a='disk'")
                .endsWith("a2='disk' b2=[1] c2='\0\0\0' ingest_time2=7".replace("ingest_time2", "n2"));
        assertThat(event.spareLength()).isEqualTo(3);
    }

    @Test
    void levelTimeAndLineCanBeCopiedToFields() throws Exception {
        fill(event);

        new CopyField(Keys.LEVEL, keys.id("l")).apply(event);
        new CopyField(Keys.TIMESTAMP, keys.id("t")).apply(event);
        new CopyField(Keys.LINE, keys.id("whole")).apply(event);

        assertThat(fields()).endsWith("l='WARN' t=42 whole='WARN disk [1] full'");
        assertThat(event.fields().kind(event.fields().indexOf(keys.id("t")))).isEqualTo(Fields.Kind.TIME);
    }

    @Test
    void aLevelAndATimeAreTakenFromFieldsThatHoldOne() throws Exception {
        event.fields().putText(a, Text.of("err"));
        event.fields().putTime(b, 42);

        new CopyField(a, Keys.LEVEL).apply(event);
        new RenameField(b, Keys.TIMESTAMP).apply(event);

        assertThat(fields()).isEqualTo("level=ERROR timestamp=42 a='err'");
    }

    @Test
    void whatIsNoLevelOrTimeIsRejectedAndTheEventStaysAsItWas() {
        event.fields().putText(a, Text.of("loud"));

        assertThatThrownBy(() -> new RenameField(a, Keys.LEVEL).apply(event))
                .isSameAs(RejectedException.of(ParseResult.UNKNOWN_LEVEL));
        assertThatThrownBy(() -> new RenameField(a, Keys.TIMESTAMP).apply(event))
                .isSameAs(RejectedException.of(ParseResult.BAD_TIME));
        assertThat(fields()).isEqualTo("a='loud'");
    }

    @Test
    void aRenamedFieldKeepsItsPlaceAndReplacesTheOneThatHadTheName() throws Exception {
        fill(event);

        new RenameField(a, Keys.INGEST_TIME).apply(event);
        new RenameField(keys.id("none"), b).apply(event);

        assertThat(fields()).isEqualTo("level=WARN timestamp=42 ingest_time='disk' b=[1]");
    }

    @Test
    void aRenamedLevelIsAFieldAndNoLongerTheLevel() throws Exception {
        fill(event);

        new RenameField(Keys.LEVEL, a).apply(event);

        assertThat(fields()).isEqualTo("timestamp=42 a='WARN' b=[1] ingest_time=7");
    }

    @Test
    void fieldsLevelAndTimeCanBeRemoved() {
        fill(event);

        new RemoveField(a).apply(event);
        new RemoveField(Keys.LEVEL).apply(event);
        new RemoveField(Keys.TIMESTAMP).apply(event);
        new RemoveField(keys.id("none")).apply(event);

        assertThat(fields()).isEqualTo("b=[1] ingest_time=7");
    }

    @Test
    void theLineStaysAsItWasRead() {
        String end = ": line (expected: another field); a line stays as it was read";
        assertThatThrownBy(() -> new SetField(Keys.LINE, Text.of("x"))).hasMessage("set" + end);
        assertThatThrownBy(() -> new RemoveField(Keys.LINE)).hasMessage("remove" + end);
        assertThatThrownBy(() -> new CopyField(a, Keys.LINE)).hasMessage("copy" + end);
        assertThatThrownBy(() -> new RenameField(a, Keys.LINE)).hasMessage("rename" + end);
        assertThatThrownBy(() -> new RenameField(Keys.LINE, a)).hasMessage("rename" + end);
        assertThatThrownBy(() -> new RenameField(a, a)).hasMessageStartingWith("rename: a field to its own name");
    }

    @Test
    void aSampleIsTheFirstOfEachSoMany() {
        Sample sample = new Sample(3);
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            kept.append(sample.process(event) ? 'x' : '.');
        }

        assertThat(kept).hasToString("x..x..x.");
        assertThat(new Sample(1).process(event)).isTrue();
        assertThatThrownBy(() -> new Sample(0)).hasMessage("sample: one in 0 (expected: >= 1)");
    }

    @Test
    void aFullEventIsRejectedNotCutShort() {
        event.setLine("line");
        for (int key = 0; key < Fields.COUNT_MAX; key++) {
            event.fields().putLong(100 + key, key);
        }

        RejectedException full = RejectedException.of(ParseResult.FIELDS_FULL);
        assertThatThrownBy(() -> new SetField(7, Text.of("prod")).apply(event)).isSameAs(full);
        assertThatThrownBy(() -> new SetIngestTime(() -> 0).apply(event)).isSameAs(full);
        assertThatThrownBy(() -> new CopyField(100, 7).apply(event)).isSameAs(full);
        assertThatThrownBy(() -> new CopyField(Keys.LINE, 7).apply(event)).isSameAs(full);
    }

    @Test
    void anEventThatWasNotParsedIsNotKept() {
        assertThat(new KeepLevel(Level.TRACE).process(event)).isFalse();
    }
}
