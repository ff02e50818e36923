package io.ringmain.perf.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.perf.chaos.Experiment.Result;
import io.ringmain.perf.chaos.Experiment.Setup;
import io.ringmain.perf.chaos.Oracle.Findings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The crash laboratory, run; each failure is printed with the command that repeats it. */
class ChaosTest {

    private static final String WELL = "nothing lost, nothing doubled";

    @TempDir
    private Path folder;

    @Test
    @Timeout(120)
    void aPointAndARandomKillLoseNothing() throws IOException {
        Path json = folder.resolve("chaos.json");

        Run run = run("chaos --runs 1 --seed 13 --points store-after-rename --faults none --json " + json);

        assertThat(run.output).contains("| store-after-rename ", "| random, plain ", WELL);
        assertThat(run.exit).as(run.output).isZero();
        assertThat(json).content().contains("\"what\":\"store-after-rename\"", "\"lost\":0", "\"well\":true");
    }

    @Test
    @Timeout(120)
    void aSinkThatLiesIsFoundOut() throws IOException {
        Run run = run("chaos --runs 0 --points none --faults lying-sink");

        assertThat(run.exit).as(run.output).isZero();
    }

    @Test
    @Tag("slow")
    @Timeout(1200)
    void sixtyRunsAndEveryPointAndFaultLoseNothing() throws IOException {
        Run run = run("chaos");

        assertThat(run.output).contains(WELL);
        assertThat(run.exit).as(run.output).isZero();
    }

    @Test
    void aPointThatIsNeverReachedIsNotWell() {
        assertThat(new ChaosTable(List.of(result(0, Findings.NONE, ""), result(0, Findings.NONE, ""))).isWell())
                .isFalse();
        assertThat(new ChaosTable(List.of(result(0, Findings.NONE, ""), result(1, Findings.NONE, ""))).isWell())
                .isTrue();
    }

    @Test
    void whatIsLostOrHangsIsNotWell() {
        assertThat(new ChaosTable(List.of(result(1, new Findings(1, 0, 0, "x"), ""))).isWell())
                .isFalse();
        assertThat(new ChaosTable(List.of(result(1, Findings.NONE, "hung"))).isWell())
                .isFalse();
    }

    private static Result result(int reached, Findings findings, String problem) {
        CrashPoint point = CrashPoint.named("store-done");
        var setup = new Setup(point.name(), Variant.PLAIN, 1, point, List.of(Death.at(1)), "chaos");
        return new Result(setup, reached, reached, 2, true, findings, problem, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "chaos --points somewhere,--points: somewhere (expected: all",
        "chaos --faults flood,--faults: flood (expected: all",
        "chaos --runs many,--runs: many",
        "chaos --kills 3,--kills: unknown"
    })
    void aWrongOptionIsRefusedByName(String command, String message) {
        assertThatThrownBy(() -> Chaos.run(command.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private record Run(int exit, String output) {}

    private static Run run(String command) throws IOException {
        var captured = new ByteArrayOutputStream();
        PrintStream standard = System.out;
        int exit;
        try (var out = new PrintStream(captured, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            exit = Chaos.run(command.split(" "));
        } finally {
            System.setOut(standard);
        }
        return new Run(exit, captured.toString(StandardCharsets.UTF_8));
    }
}
