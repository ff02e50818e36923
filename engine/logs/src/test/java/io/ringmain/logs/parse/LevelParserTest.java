package io.ringmain.logs.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LevelParserTest {

    private final LevelParser parser = new LevelParser();
    private final LogEvent event = new LogEvent();

    @Test
    void theMessageIsTheRestOfTheLine() {
        assertThat(parse("  ERROR \t two  words ")).isEqualTo(ParseResult.PARSED);

        assertThat(event.level()).isEqualTo(Level.ERROR);
        assertThat(event.message()).isEqualTo("two  words ");
        assertThat(event.line()).isEqualTo("  ERROR \t two  words ");
    }

    @Test
    void anAliasIsKeptAsAField() {
        assertThat(parse("Warning disk almost full")).isEqualTo(ParseResult.PARSED);

        assertThat(event.level()).isEqualTo(Level.WARN);
        assertThat(event.fieldText(Keys.LEVEL_WORD)).isEqualTo("Warning");
    }

    @Test
    void aNameInAnotherCaseIsNoAlias() {
        assertThat(parse("info started")).isEqualTo(ParseResult.PARSED);

        assertThat(event.level()).isEqualTo(Level.INFO);
        assertThat(event.fields().indexOf(Keys.LEVEL_WORD)).isNegative();
    }

    @Test
    void aSourceThatIsKnownStays() {
        event.fields().putText(Keys.SOURCE, Text.of("auth"));

        parse("INFO login");

        assertThat(event.source()).isEqualTo("auth");
    }

    @ParameterizedTest
    @CsvSource({"'',EMPTY_LINE", "'  \t',EMPTY_LINE", "NOISE here,UNKNOWN_LEVEL", "INFO,NO_MESSAGE", "INFO  ,NO_MESSAGE"
    })
    void aLineThatIsNoLogLineGetsAResultCode(String line, ParseResult result) {
        assertThat(parse(line)).isEqualTo(result);

        assertThat(event.level()).isNull();
        assertThat(event.hasSource()).isFalse();
    }

    @Test
    void parsingTwiceDoesNoHarm() {
        parse("NOTICE again");
        parser.parse(event);

        assertThat(event.message()).isEqualTo("again");
        assertThat(event.fields().count()).isEqualTo(3);
    }

    @Test
    void noBytesMakeTheParserThrow() {
        long seed = 20260;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(24)];
            random.nextBytes(bytes);
            event.clear();
            event.setLine(bytes, 0, bytes.length);

            assertThatCode(() -> parser.parse(event)).as("seed " + seed).doesNotThrowAnyException();
        }
    }

    @Test
    void theStageFailsWithTheExceptionOfTheResult() {
        Parse parse = new Parse(parser);
        event.setLine("NOISE here");

        assertThatThrownBy(() -> parse.apply(event))
                .isSameAs(RejectedException.of(ParseResult.UNKNOWN_LEVEL))
                .hasMessageStartingWith("the first word is no level (expected: TRACE, DEBUG,");
    }

    private ParseResult parse(String line) {
        event.setLine(line);
        return parser.parse(event);
    }
}
