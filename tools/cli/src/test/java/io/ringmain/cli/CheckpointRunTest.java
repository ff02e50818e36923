package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan with {@code checkpoint} goes on where its last run stood. */
class CheckpointRunTest {

    @TempDir
    private Path directory;

    private Path log;
    private Path plan;

    @BeforeEach
    void write() throws IOException {
        log = Files.writeString(directory.resolve("app.log"), "INFO a\nERROR b\n");
        plan = Files.writeString(directory.resolve("kept.yaml"), """
                name: kept
                sources: {app: {type: file, path: "%1$s/app.log", checkpoint: "%1$s/kept"}}
                steps:
                  - parse: level
                  - aggregate: {by: [level], compute: {lines: count()}}
                sinks:
                  lines: {type: file, after: parse, path: "%1$s/lines.txt", format: text}
                  totals: {type: file, path: "%1$s/totals.jsonl"}
                when_failed: stop
                """.formatted(directory));
    }

    @Test
    void theNextRunGoesOnWithTheTotalsAndTheFiles() throws IOException {
        Outcome first = Outcome.of("run", plan.toString());
        Files.writeString(log, "INFO c\n", StandardOpenOption.APPEND);
        Outcome second = Outcome.of("run", plan.toString(), "--report", directory.resolve("r.json") + "");

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.err()).contains("/kept: none before; ");
        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.err()).contains("received 1 =").contains("/kept: went on from the last run; ");
        assertThat(directory.resolve("lines.txt")).hasContent("INFO a\nERROR b\nINFO c\n");
        assertThat(directory.resolve("totals.jsonl")).hasContent("""
                {"level":"INFO","lines":2}
                {"level":"ERROR","lines":1}
                """);
        assertThat(Files.readString(directory.resolve("r.json")))
                .contains("\"checkpoint\":{\"continued\":true,\"stored\":")
                .contains("\"guarantee\":\"each event is written once, in order; durable (fsync) at each checkpoint\"");
    }

    @Test
    void aRunThatFindsNothingNewSaysSo() {
        Outcome.of("run", plan.toString());
        Outcome second = Outcome.of("run", plan.toString());

        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.err()).contains("nothing new; to begin from the start, remove " + directory + "/kept");
        assertThat(directory.resolve("totals.jsonl")).hasContent("""
                {"level":"INFO","lines":1}
                {"level":"ERROR","lines":1}
                """);
    }

    @Test
    void aDamagedCheckpointIsNoStackTrace() throws IOException {
        Outcome.of("run", plan.toString());
        Files.writeString(directory.resolve("kept/checkpoint"), "something else, and long enough to be one");
        Outcome second = Outcome.of("run", plan.toString());

        assertThat(second.code()).isEqualTo(1);
        assertThat(second.err())
                .contains("kept/checkpoint: damaged: no checkpoint")
                .contains("remove the directory to begin from the start")
                .doesNotContain("\tat ");
        assertThat(directory.resolve("lines.txt")).hasContent("INFO a\nERROR b\n");
    }
}
