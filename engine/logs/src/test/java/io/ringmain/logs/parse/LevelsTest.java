package io.ringmain.logs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.logs.Fields;
import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LevelsTest {

    private final LogEvent event = new LogEvent();

    @Test
    void aNameSetsTheLevelOnly() {
        event.setLine("x=info");

        assertThat(Levels.set(event, event.bytes(), 2, 4)).isTrue();

        assertThat(event.level()).isEqualTo(Level.INFO);
        assertThat(event.fields().count()).isZero();
    }

    @Test
    void anAliasIsKept() {
        event.setLine("x=Warning");

        assertThat(Levels.set(event, event.bytes(), 2, 7)).isTrue();

        assertThat(event.level()).isEqualTo(Level.WARN);
        assertThat(event.fieldText(Keys.LEVEL_WORD)).isEqualTo("Warning");
    }

    @Test
    void aWordThatIsNoLevelIsKeptToo() {
        byte[] word = "loud".getBytes(StandardCharsets.UTF_8);
        int offset = event.addSpare(word.length);
        System.arraycopy(word, 0, event.spare(), offset, word.length);

        assertThat(Levels.set(event, event.spare(), offset, word.length)).isTrue();

        assertThat(event.level()).isNull();
        assertThat(event.fieldText(Keys.LEVEL_WORD)).isEqualTo("loud");
    }

    @Test
    void withoutRoomNothingIsSet() {
        event.setLine("x=Warning");
        for (int key = 100; event.fields().count() < Fields.COUNT_MAX; key++) {
            event.fields().putLong(key, key);
        }

        assertThat(Levels.set(event, event.bytes(), 2, 7)).isFalse();

        assertThat(event.level()).isNull();
    }
}
