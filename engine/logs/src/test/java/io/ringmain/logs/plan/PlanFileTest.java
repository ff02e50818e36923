package io.ringmain.logs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no plans, and where messages point. */
class PlanFileTest {

    @TempDir
    private Path folder;

    @Test
    void missingFileIsAProblem() {
        assertThat(problems(folder.resolve("none.yaml"))).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo("no such file (expected: a plan)");
            assertThat(problem.path()).endsWith("none.yaml");
        });
    }

    @Test
    void directoryIsAProblem() {
        assertThat(problems(folder)).extracting(Diagnostic::message).containsExactly("a directory (expected: a file)");
    }

    @Test
    void fileThatIsNotUtf8IsAProblem() throws IOException {
        Path file = Files.write(folder.resolve("latin.yaml"), "name: Käse\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(problems(file))
                .extracting(Diagnostic::message)
                .containsExactly("not UTF-8 (expected: a plan in UTF-8)");
    }

    @Test
    void hugeFileIsAProblem() throws IOException {
        Path file = Files.write(folder.resolve("access.log"), new byte[(1 << 20) + 1]);

        assertThat(problems(file))
                .extracting(Diagnostic::message)
                .containsExactly("1048577 bytes (expected: a plan, at most 1048576)");
    }

    @Test
    void byteOrderMarkAndWindowsLineEndsAreTaken() {
        String text = "\uFEFF"
                + PlanTexts.withSteps("  - parse: combined\n  - filter: statsu > 1")
                        .replace("\n", "\r\n");

        assertThat(PlanTexts.read(text).problems())
                .extracting(problem -> problem.mark().place())
                .containsExactly("shop.yaml:5:13");
    }

    @Test
    void placesAreRightBehindOtherScripts() {
        String text = PlanTexts.withSteps(
                "  - parse: combined # 😀\n  - {name: a, filter: 'path == \"日本😀\" and statsu > 1'}");

        Diagnostic problem = PlanTexts.read(text).problems().get(0);

        assertThat(problem.mark().column())
                .isEqualTo(text.lines().toList().get(4).indexOf("statsu"));
        assertThat(Diagnostics.render(List.of(problem)))
                .contains("\n       | " + " ".repeat(41) + "^^^^^^ did you mean status?");
    }

    @Test
    void placesAreRightInLiteralBlocks() {
        String text = PlanTexts.withSteps(
                "  - parse: combined\n  - filter: | # why\n\n        status > 1\n          and\n        methd == 'x'");

        assertThat(PlanTexts.read(text).problems())
                .extracting(problem -> problem.mark().place())
                .containsExactly("shop.yaml:9:9");
    }

    @Test
    void placesAreRightInPlainTextOverLines() {
        String text =
                PlanTexts.withSteps("  - parse: combined\n  - filter: status > 1\n      and\n\n      methd == 'x'");

        assertThat(PlanTexts.read(text).problems())
                .extracting(problem -> problem.mark().place())
                .containsExactly("shop.yaml:8:7");
    }

    @Test
    void placesAreRightBehindEscapes() {
        String text = PlanTexts.withSteps(
                "  - parse: combined\n  - filter: \"path == \\\"\\u0041\\x41\\\" \\\n      and methd == 'x'\"");

        assertThat(PlanTexts.read(text).problems())
                .extracting(problem -> problem.mark().place())
                .containsExactly("shop.yaml:6:11");
    }

    @Test
    void caretStandsBelowItsCharacterBehindATab() {
        String text = """
                sources:
                  web: {\ttype: flie}
                sinks: {out: {type: console}}
                when_failed: skip
                """;

        assertThat(Diagnostics.render(PlanTexts.read(text).problems()))
                .contains("     2 |   web: {\ttype: flie}\n       |         \t      ^^^^ did you mean file?\n");
    }

    @Test
    void problemsComeInTheOrderOfTheText() {
        List<Diagnostic> problems = PlanTexts.read(
                        PlanTexts.text(PlanTexts.in("wrong").get(0).resolveSibling("everything-at-once.yaml")))
                .problems();

        assertThat(problems).hasSizeGreaterThan(10);
        assertThat(problems).extracting(problem -> problem.mark().line()).isSorted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- "})
    void nestingWithoutEndIsAProblemAndNoStackOverflow(String opening) {
        assertThat(PlanTexts.read(opening.repeat(100_000)).problems())
                .extracting(Diagnostic::message)
                .containsExactly("mappings and lists in each other, over 20 levels (expected: fewer)");
    }

    @Test
    void aliasesOfAliasesAreAProblemAndNoExplosion() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            String alias = "*a" + (i - 1);
            text.append("a").append(i).append(": &a").append(i).append(" [");
            text.append(String.join(", ", Collections.nCopies(10, alias))).append("]\n");
        }

        assertThat(PlanTexts.read(text.toString()).problems())
                .extracting(Diagnostic::message)
                .containsExactly("over 20000 values (expected: fewer)");
    }

    private static List<Diagnostic> problems(Path file) {
        Reading reading = PlanFile.read(file, Map.of());
        assertThat(reading.plan()).isEmpty();
        return reading.problems();
    }
}
