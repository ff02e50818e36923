package io.ringmain.logs.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ringmain.logs.LogEvent;
import org.junit.jupiter.api.Test;

class CheckLineTest {

    private final LogEvent event = new LogEvent();
    private final CheckLine stage = new CheckLine();

    @Test
    void wholeLinesPass() throws Exception {
        event.setLine("a line");

        assertThat(stage.process(event)).isTrue();
    }

    @Test
    void lineOfWhichOnlyTheBeginningIsThereIsRejected() {
        event.setLine("a line");
        event.setBytesCut(1);

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> stage.process(event))
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo("line_too_long"));
    }

    @Test
    void parsingRejectsItEvenWhereItLooksWhole() {
        event.setLine("INFO all is well");
        event.setBytesCut(1);

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> new Parse(new LevelParser()).apply(event))
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo("line_too_long"));
    }
}
