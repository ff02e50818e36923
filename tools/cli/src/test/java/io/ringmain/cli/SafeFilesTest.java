package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No run takes away a file that it reads, nor one that it cannot replace. */
class SafeFilesTest {

    private static final String LINES = "INFO a\nERROR b\n";

    @TempDir
    Path directory;

    private Path input;

    @BeforeEach
    void writeInput() throws IOException {
        input = Files.writeString(directory.resolve("in.log"), LINES);
    }

    private Outcome run(String source, String sinks, String... options) throws IOException {
        Path plan = Files.writeString(directory.resolve("copy.yaml"), """
                sources: {web: {type: file, path: "%s"}}
                steps: [{parse: level}]
                sinks: {%s}
                when_failed: dead_letter
                """.formatted(
                        directory.resolve(source), sinks.replace("DIR", directory.toString())));
        String[] args = new String[options.length + 2];
        args[0] = "run";
        args[1] = plan.toString();
        System.arraycopy(options, 0, args, 2, options.length);
        return Outcome.of(args);
    }

    @Test
    void aSinkThatWritesTheInputIsAProblemOfThePlan() throws IOException {
        Outcome outcome = run("in.log", "out: {type: file, path: DIR/./in.log}");

        assertThat(outcome.code()).isEqualTo(78);
        assertThat(outcome.err())
                .contains("sinks.out.path: ", "in.log is also read by sources.web (expected: another file)")
                .contains("copy.yaml:3:");
        assertThat(input).hasContent(LINES);
    }

    @Test
    void aSinkThatWritesWhatAGlobReadsIsAProblemThoughTheFileIsNotThereYet() throws IOException {
        Outcome outcome = run("*.log", "out: {type: file, path: DIR/out.log}");

        assertThat(outcome.code()).isEqualTo(78);
        assertThat(outcome.err()).contains("out.log is also read by sources.web");
        assertThat(directory.resolve("out.log")).doesNotExist();
    }

    @Test
    void twoSinksOfOneFileAreAProblemOfThePlan() throws IOException {
        Outcome outcome = run("in.log", "a: {type: file, path: DIR/out.txt}, b: {type: file, path: DIR/x/../out.txt}");
        Outcome device = run("in.log", "a: {type: file, path: /dev/null}, b: {type: file, path: /dev/null}");

        assertThat(outcome.code()).isEqualTo(78);
        assertThat(outcome.err()).contains("sinks.b.path: ", "is also written by sinks.a (expected: another file)");
        assertThat(device.code()).isZero();
    }

    @Test
    void anInputUnderAnotherNameIsNotEmptied() throws IOException {
        Files.createSymbolicLink(directory.resolve("soft.txt"), input);
        Files.createLink(directory.resolve("hard.txt"), input);
        Path other = Files.writeString(directory.resolve("other.txt"), "kept");

        for (String name : new String[] {"soft.txt", "hard.txt"}) {
            Outcome outcome =
                    run("*.log", "a: {type: file, path: DIR/other.txt}, out: {type: file, path: DIR/" + name + "}");

            assertThat(outcome.code()).isEqualTo(1);
            assertThat(outcome.err())
                    .contains("sinks.out.path: ", name + " is also read by sources.web, as ", "in.log (expected:")
                    .doesNotContain("Exception", "received");
            assertThat(input).hasContent(LINES);
            assertThat(other).hasContent("kept");
        }
    }

    @Test
    void twoSinksOfOneFileUnderTwoNamesDoNotRun() throws IOException {
        Files.createSymbolicLink(directory.resolve("link"), directory);

        Outcome outcome = run("in.log", "a: {type: file, path: DIR/out.txt}, b: {type: file, path: DIR/link/out.txt}");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("sinks.b.path: ", "is also written by sinks.a (expected: another file)");
        assertThat(directory.resolve("out.txt")).doesNotExist();
    }

    @Test
    void aMissingInputLeavesTheOldOutputAsItIs() throws IOException {
        Path out = Files.writeString(directory.resolve("out.txt"), "yesterday");

        Outcome outcome = run("gone.log", "out: {type: file, path: DIR/out.txt}");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("gone.log: no such file").doesNotContain("received");
        assertThat(out).hasContent("yesterday");
    }

    @Test
    void theReportTakesNoFileThatThePlanUses() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("soft.txt"), input);
        Path out = directory.resolve("out.txt");
        String sink = "out: {type: file, path: DIR/out.txt}";

        Outcome onInput = run("in.log", sink, "--report", input.toString());
        Outcome onLink = run("*.log", sink, "--report", link.toString());
        Outcome onOutput = run("in.log", sink, "--report", out.toString());
        Outcome onPlan =
                run("in.log", sink, "--report", directory.resolve("copy.yaml").toString());

        assertThat(onInput.code()).isEqualTo(1);
        assertThat(onInput.err()).contains("--report: " + input + ": is read by sources.web (expected: a file");
        assertThat(onLink.err()).contains("soft.txt: is read by sources.web");
        assertThat(onOutput.err()).contains("out.txt: is written by sinks.out");
        assertThat(onPlan.err()).contains("copy.yaml: is the plan itself");
        assertThat(input).hasContent(LINES);
        assertThat(out).doesNotExist();
        assertThat(directory.resolve("copy.yaml")).isNotEmptyFile();
    }
}
