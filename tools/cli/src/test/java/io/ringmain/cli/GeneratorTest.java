package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.logs.LogEvent;
import io.ringmain.logs.parse.LevelParser;
import io.ringmain.logs.parse.ParseResult;
import io.ringmain.spi.Source.Status;
import io.ringmain.testing.SourceContract;
import org.junit.jupiter.api.Test;

class GeneratorTest {

    private final LogEvent event = new LogEvent();

    @Test
    void theSourceKeepsItsContract() {
        SourceContract.of(() -> new Generator(5_000, 1), LogEvent.TYPE, LogEvent::toString)
                .first(5_000)
                .check();
    }

    @Test
    void aboutOneLineInAThousandIsSpoilt() {
        Generator generator = new Generator(Long.MAX_VALUE, 1);
        LevelParser parser = new LevelParser();
        int spoilt = 0;
        for (int i = 0; i < 200_000; i++) {
            event.clear();
            generator.fill(position -> event, 1);
            spoilt += parser.parse(event) == ParseResult.PARSED ? 0 : 1;
        }

        assertThat(spoilt).isBetween(150, 250);
    }

    @Test
    void theLineAfterTheLastIsNotMade() {
        Generator generator = new Generator(3, 1);

        assertThat(generator.fill(position -> event, 2)).isEqualTo(Status.READY);
        assertThat(generator.fill(position -> event, 2)).isEqualTo(Status.END);
    }

    @Test
    void aGeneratorThatWasToldToEndsAtOnce() {
        Generator generator = new Generator(3, 1);
        generator.end();

        Status status = generator.fill(
                position -> {
                    throw new AssertionError("claimed line " + position);
                },
                2);

        assertThat(status).isEqualTo(Status.END);
    }
}
