package io.ringmain.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LevelTest {

    @Test
    void levelsAreOrderedByHowMuchTheyMatter() {
        assertThat(Level.values())
                .containsExactly(Level.TRACE, Level.DEBUG, Level.INFO, Level.WARN, Level.ERROR, Level.FATAL);
        assertThat(Level.WARN.isAtLeast(Level.WARN)).isTrue();
        assertThat(Level.WARN.isAtLeast(Level.INFO)).isTrue();
        assertThat(Level.WARN.isAtLeast(Level.ERROR)).isFalse();
    }

    @Test
    void eachNameAndAliasMeansItsLevelInWhateverCase() {
        for (Level level : Level.values()) {
            assertThat(Level.of(level.name())).isEqualTo(level);
            assertThat(Level.of(level.name().toLowerCase(Locale.ROOT))).isEqualTo(level);
            for (String alias : level.aliases()) {
                assertThat(Level.of(alias)).as(alias).isEqualTo(level);
                assertThat(Level.of(alias.charAt(0) + alias.substring(1).toLowerCase(Locale.ROOT)))
                        .as(alias)
                        .isEqualTo(level);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "WARNING,WARN",
        "ERR,ERROR",
        "CRIT,FATAL",
        "CRITICAL,FATAL",
        "NOTICE,INFO",
        "EMERG,FATAL",
        "ALERT,FATAL",
        "PANIC,FATAL",
        "SEVERE,ERROR",
        "INFORMATION,INFO",
        "VERBOSE,TRACE",
        "FINE,DEBUG"
    })
    void wordsOfOtherSystemsAreUnderstood(String word, Level level) {
        assertThat(Level.of(word)).isEqualTo(level);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "I",
                "INFOS",
                "INFO:",
                "[INFO]",
                "ÍNFO",
                "INFO\0",
                "\0INFO",
                "\0",
                "WARN\0\0\0\0",
                "ANOTHER_WORD_THAT_IS_LONGER_THAN_ALL"
            })
    void otherWordsMeanNothing(String word) {
        assertThat(Level.of(word)).isNull();
    }
}
