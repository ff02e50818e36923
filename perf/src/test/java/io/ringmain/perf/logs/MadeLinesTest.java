package io.ringmain.perf.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;
import io.ringmain.logs.parse.LineParser;
import io.ringmain.logs.parse.ParseResult;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A measurement over lines that the parser refuses would measure the refusal. */
class MadeLinesTest {

    private static final long SEED = 7;

    @ParameterizedTest
    @EnumSource(Format.class)
    void eachLineIsOneOfItsFormat(Format format) {
        Keys keys = new Keys();
        LineParser parser = format.parser(keys);
        Lines lines = new MadeLines(format, SEED).make(500);
        LogEvent event = new LogEvent();

        assertThat(lines.count()).isEqualTo(500);
        for (int i = 0; i < lines.count(); i++) {
            event.clear();
            lines.wrap(i, event);
            assertThat(parser.parse(event)).as(event.line()).isEqualTo(ParseResult.PARSED);
        }
        assertThat(event.read(keys.id(Job.ofMade(format).by()), new Value()))
                .as("what %s is counted by", event.line())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void theSameSeedGivesTheSameLines(Format format) {
        Lines one = new MadeLines(format, SEED).make(100);
        Lines two = new MadeLines(format, SEED).make(100);

        assertThat(one.bytes()).isEqualTo(two.bytes());
    }

    @Test
    void linesAreFoundWithoutTheirEndsAndWithoutAnUnfinishedOne() {
        byte[] bytes = "first\r\n\nthird\nunfinished".getBytes(StandardCharsets.UTF_8);

        Lines lines = Lines.of(bytes, bytes.length);

        assertThat(lines.count()).isEqualTo(3);
        assertThat(lines.length()).isEqualTo("first\r\n\nthird\n".length());
        assertThat(line(lines, 0)).isEqualTo("first");
        assertThat(line(lines, 1)).isEmpty();
        assertThat(line(lines, 2)).isEqualTo("third");
    }

    @Test
    void aMessageOfBareWordsIsNotTakenForLogfmt() {
        Lines lines = new MadeLines(Format.LEVEL, SEED).make(50);

        assertThat(Job.fits(Format.LEVEL, lines)).isTrue();
        assertThat(Job.fits(Format.LOGFMT, lines)).isFalse();
    }

    private static String line(Lines lines, int index) {
        LogEvent event = new LogEvent();
        lines.wrap(index, event);
        return event.line();
    }
}
