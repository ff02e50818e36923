package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pages show of the command is what it does. */
class ReadmeTest {

    private static final Pattern COMMAND = Pattern.compile("(?m)^tools/bin/ringmain (query|run) (.*?)(?: +#.*)?$");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    private static String page(String name) throws IOException {
        return Files.readString(Examples.ROOT.resolve(name));
    }

    /** The block of {@code kind} that has {@code text} in it. */
    private static String block(String page, String kind, String text) {
        Matcher blocks =
                Pattern.compile("```" + kind + "\\n(.*?)```", Pattern.DOTALL).matcher(page);
        while (blocks.find()) {
            if (blocks.group(1).contains(text)) {
                return blocks.group(1);
            }
        }
        throw new AssertionError("no block of " + kind + " with " + text);
    }

    /** The arguments of the first command with this verb. Paths begin at the root, which this test does not run in. */
    private static String[] arguments(String page, String verb) {
        Matcher command = COMMAND.matcher(page);
        while (command.find()) {
            if (command.group(1).equals(verb)) {
                List<String> words = new ArrayList<>(List.of(verb));
                Matcher word = WORD.matcher(command.group(2));
                while (word.find()) {
                    String text = word.group(1) == null ? word.group(2) : word.group(1);
                    words.add(text.replace("tools/examples/", Examples.ROOT.resolve("tools/examples") + "/"));
                }
                return words.toArray(String[]::new);
            }
        }
        throw new AssertionError("no command " + verb);
    }

    @Test
    void theFirstCommandPrintsWhatThePageShows() throws IOException {
        Outcome outcome = Outcome.of(arguments(page("README.md"), "query"));

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).isEqualTo(block(page("README.md"), "text", "sum_bytes"));
    }

    @Test
    void theRunOfThePageGoesThrough() throws IOException {
        Outcome outcome = Outcome.of(arguments(page("README.md"), "run"));

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("INFO       3");
    }

    @Test
    void thePlanOfTheToolsPageIsTheExample() throws IOException {
        String example = Files.readString(Examples.PLANS.resolve("access-by-status.yaml"));

        assertThat(example).endsWith(block(page("tools/README.md"), "yaml", "name: access-by-status"));
    }

    @Test
    void theAccountOfTheToolsPageIsThatOfTheExample() throws IOException {
        String shown = block(page("tools/README.md"), "text", "dead letters: 1");
        String err = Examples.run("access-by-status", "web", "access.log").err();

        List<String> printed = err.replace("flight 0 ok", "flight 0 ✓")
                .replace(Examples.PLANS + "/", "")
                .lines()
                .toList();

        // The first line has the time; in the last one the path decides how much of the text has room.
        List<String> lines = shown.lines().toList();
        int last = lines.size() - 1;
        assertThat(printed).hasSameSizeAs(lines);
        assertThat(printed.subList(1, last)).isEqualTo(lines.subList(1, last));
        assertThat(printed.get(last)).startsWith(lines.get(last).substring(0, 40));
    }

    @Test
    void theCasesOfTheToolsPagePass(@TempDir Path directory) throws IOException {
        String plan = Files.readString(Examples.PLANS.resolve("level-counts.yaml"));
        Path file = Files.writeString(directory.resolve("shop.yaml"), plan);
        Files.writeString(directory.resolve("shop.test.yaml"), block(page("tools/README.md"), "yaml", "cases:"));

        assertThat(Outcome.of("test", file.toString()).code()).isZero();
    }

    @Test
    void theMistakeOfTheToolsPageIsShownSo(@TempDir Path directory) throws IOException {
        String plan = Files.readString(Examples.PLANS.resolve("level-counts.yaml"))
                .replaceFirst("(?s)^#.*?\\n", "")
                .replaceFirst("(?s)name:.*?\\n", "")
                .replace("sources:\n  app: {", "sources: {app: {")
                .replace("app.log}", "app.log}}")
                .replace("level >= INFO", "levl >= INFO");
        Path file = Files.writeString(directory.resolve("wrong.yaml"), plan);

        assertThat(Outcome.of("check", file.toString()).err().replace(directory + "/", ""))
                .contains(block(page("tools/README.md"), "text", "wrong.yaml"));
    }
}
