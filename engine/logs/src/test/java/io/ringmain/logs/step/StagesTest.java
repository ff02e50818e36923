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
import org.junit.jupiter.api.Test;

class StagesTest {

    private final LogEvent event = new LogEvent();

    @Test
    void aTagIsSetOnEachEvent() throws Exception {
        Keys keys = new Keys();
        SetTag tag = new SetTag(keys.id("env"), Text.of("prod"));

        tag.apply(event);
        tag.apply(event);

        assertThat(event.fields().count()).isEqualTo(1);
        assertThat(event.fieldText(keys.id("env"))).isEqualTo("prod");
    }

    @Test
    void theIngestTimeIsWhatTheClockSays() throws Exception {
        new SetIngestTime(() -> 1_234_567_890_123_456_789L).apply(event);

        int index = event.fields().indexOf(Keys.INGEST_TIME);
        assertThat(event.fields().longValue(index)).isEqualTo(1_234_567_890_123_456_789L);
    }

    @Test
    void aFullEventIsRejectedNotCutShort() {
        for (int key = 0; key < Fields.COUNT_MAX; key++) {
            event.fields().putLong(100 + key, key);
        }

        assertThatThrownBy(() -> new SetTag(7, Text.of("prod")).apply(event))
                .isSameAs(RejectedException.of(ParseResult.FIELDS_FULL));
        assertThatThrownBy(() -> new SetIngestTime(() -> 0).apply(event)).isInstanceOf(RejectedException.class);
    }

    @Test
    void anEventThatWasNotParsedIsNotKept() {
        assertThat(new KeepLevel(Level.TRACE).process(event)).isFalse();
    }
}
