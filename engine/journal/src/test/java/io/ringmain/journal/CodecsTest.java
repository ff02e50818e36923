package io.ringmain.journal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.Pipeline;
import io.ringmain.PipelineException;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.kit.Cell;
import io.ringmain.kit.PortableCell;
import io.ringmain.spi.EventType;
import io.ringmain.spi.LetterCodec;
import io.ringmain.spi.Sink;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events of which there is no way to write letters are found before the first one fails. */
class CodecsTest {

    @TempDir
    private Path directory;

    private ChronicleDeadLetters.Builder letters() {
        return ChronicleDeadLetters.builder(directory);
    }

    private static void build(EventType<Cell> type, ChronicleDeadLetters letters) {
        Pipeline.of("cells", type)
                .sink("sink", Sink.each(cell -> {}))
                .deadLetters(letters, WhenLettersFull.STOP)
                .whenFailed(WhenFailed.deadLetter())
                .build()
                .close();
    }

    @Test
    void eventsThatNeitherTheirTypeNorACodecCanWriteAreRefusedWhenThePipelineIsBuilt() {
        assertThatThrownBy(() -> build(Cell.TYPE, letters().build()))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("deadLetters: a store that cannot write events of io.ringmain.kit.Cell");
    }

    @Test
    void aCodecThatWasGivenIsEnoughAndSoIsAPortableType() {
        build(
                Cell.TYPE,
                letters().codec(Cell.TYPE, LetterCodec.of(new PortableCell())).build());
        build(new PortableCell(), letters().build());
    }
}
