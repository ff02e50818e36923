package io.ringmain.perf.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Pipeline;
import io.ringmain.logs.LogEvent;
import io.ringmain.perf.chaos.Oracle.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the oracle sees in letters that are not as they should be. */
@Timeout(60)
class LetterOracleTest {

    @TempDir
    private Path folder;

    private final Input input = new Input(Variant.LETTERS, 1);
    private final long bad = input.lines().stream().filter(Input.Line::isBad).count();

    @BeforeEach
    void runOnce() throws IOException {
        input.write(folder);
        run();
        assertThat(new Oracle(input).compare(folder)).isEqualTo(Findings.NONE);
    }

    private void run() {
        var runner = new SkewedRunner(Variant.CLOCK_FACTOR);
        try (Pipeline<LogEvent> pipeline =
                LetterPlan.build(Variant.LETTERS, folder, folder.resolve("letters"), runner)) {
            pipeline.start();
            assertThat(pipeline.await().succeeded()).isTrue();
        }
    }

    private Findings letters() throws IOException {
        return new LetterOracle(input).compare(folder.resolve("letters"));
    }

    @Test
    void lettersThatAreNotThereAreLost() throws IOException {
        assertThat(new LetterOracle(input).compare(folder.resolve("nowhere")).lost())
                .isEqualTo(bad);
    }

    @Test
    void lettersOfARunThatBeganAgainAreDoubled() throws IOException {
        Files.delete(folder.resolve("checkpoints/checkpoint"));
        Files.delete(folder.resolve("parsed.log"));

        run();

        assertThat(letters().doubled()).isEqualTo(bad);
    }

    @Test
    void aLetterOfAnotherLineIsWrong() throws IOException {
        List<Input.Line> lines = input.lines();
        Input.Line first = lines.get(0);
        String other = first.text().replace("n=0 ", "n=9 ");
        lines.set(0, new Input.Line(first.number(), first.file(), first.key(), first.size(), other, first.timeMs()));

        Findings findings = letters();

        assertThat(findings.wrong()).isEqualTo(1);
        assertThat(findings.lost()).isEqualTo(1);
        assertThat(findings.first()).startsWith("letters: not expected: Letter{id=0-0");
    }
}
