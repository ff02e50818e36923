package io.ringmain.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a page shows is what its example does: the Java block is a region of it, the next plain block is what it prints. */
class ReadmeTest {

    private static final Pattern BLOCK = Pattern.compile("```(\\w*)\\n(.*?)```", Pattern.DOTALL);
    private static final Path ROOT = root();

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("LICENSE"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    private static List<String> blocks(String page, String kind) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(ROOT.resolve(page)));
        while (matcher.find()) {
            if (matcher.group(1).equals(kind)) {
                blocks.add(matcher.group(2));
            }
        }
        return blocks;
    }

    /** The region that {@code tag} names, of another file if it is {@code FILE:TAG}. */
    private static String region(String example, String tag) throws IOException {
        int colon = tag.indexOf(':');
        return colon < 0 ? regionOf(example, tag) : regionOf(tag.substring(0, colon), tag.substring(colon + 1));
    }

    private static String regionOf(String example, String tag) throws IOException {
        String source = Files.readString(
                ROOT.resolve("tools/examples/src/main/java/io/ringmain/examples/" + example + ".java"));
        int from = source.indexOf('\n', source.indexOf("// tag::" + tag + "[]")) + 1;
        // Without its last line end: an empty last line would count as one without indentation.
        int to = source.lastIndexOf('\n', source.indexOf("// end::" + tag + "[]"));
        return source.substring(from, to).stripIndent() + '\n';
    }

    @ParameterizedTest
    @CsvSource({
        "README.md,TwelveLines,twelve",
        "engine/logs/README.md,LevelCounts,levels",
        "engine/docs/shapes.md,Shapes,shapes",
        "engine/docs/counters.md,Quota,quota",
        "engine/docs/windows.md,Sensors,SensorEvent:normalize sensors main",
        "engine/journal/README.md,Ledger,ledger retry rebuild main"
    })
    void theJavaBlocksAreTheRegionsOfTheExample(String page, String example, String tags) throws IOException {
        List<String> regions = new ArrayList<>();
        for (String tag : tags.split(" ", -1)) {
            regions.add(region(example, tag));
        }
        assertThat(blocks(page, "java")).isEqualTo(regions);
    }

    @Test
    void theProgramOfTheReadmeHasTwelveLines() throws IOException {
        assertThat(region("TwelveLines", "twelve").lines()).hasSize(12);
    }

    @ParameterizedTest
    @CsvSource({
        "README.md,TwelveLines",
        "engine/logs/README.md,LevelCounts",
        "engine/docs/shapes.md,Shapes",
        "engine/docs/counters.md,Quota",
        "engine/docs/windows.md,Sensors"
    })
    void theExampleRunsUnderPlainJavaWithoutFlagsAndPrintsWhatThePageShows(String page, String example)
            throws IOException, InterruptedException {
        assertThat(run(List.of(), example)).isEqualTo(blocks(page, "").get(0));
    }

    @Test
    void theLedgerPrintsWhatItsPageShowsWithTheFlagsThatItNamesAndGoesOnInTheNextProcess(@TempDir Path directory)
            throws IOException, InterruptedException {
        String page = "engine/journal/README.md";
        List<String> flags = Arrays.stream(blocks(page, "sh").get(0).split("\\s+", -1))
                .filter(word -> word.startsWith("--add"))
                .toList();

        // From 24 on Java warns of what Chronicle Queue does inside; the page says so beside what the program prints.
        assertThat(run(flags, "Ledger", directory.toString()).replaceAll("(?m)^WARNING: .*\\R", ""))
                .isEqualTo(blocks(page, "").get(0));
        assertThat(run(flags, "Ledger", directory.toString())).contains("Anna has 100, Bela has 400", "the same: true");
    }

    private static String run(List<String> flags, String example, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.ringmain.examples." + example));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed;
        try (InputStream output = process.getInputStream()) {
            printed = new String(output.readAllBytes(), StandardCharsets.UTF_8);
        }

        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }
}
