package io.ringmain.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the README shows is what the example does. */
@Timeout(30)
class ReadmeTest {

    private static final Pattern BLOCK = Pattern.compile("```(\\w*)\\n(.*?)```", Pattern.DOTALL);
    private static final Path ROOT = root();
    private static final Path EXAMPLE =
            ROOT.resolve("tools/examples/src/main/java/io/ringmain/examples/TwelveLines.java");

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("LICENSE"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    private static List<String> blocks(String kind) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(ROOT.resolve("README.md")));
        while (matcher.find()) {
            if (matcher.group(1).equals(kind)) {
                blocks.add(matcher.group(2));
            }
        }
        return blocks;
    }

    @Test
    void javaBlockIsTheRegionOfTheExample() throws IOException {
        String source = Files.readString(EXAMPLE);
        int from = source.indexOf('\n', source.indexOf("// tag::twelve[]")) + 1;
        String region = source.substring(from, source.lastIndexOf('\n', source.indexOf("// end::twelve[]")) + 1);

        assertThat(blocks("java")).containsExactly(region.stripIndent());
        assertThat(region.lines()).hasSize(12);
    }

    @Test
    void exampleRunsUnderPlainJavaWithoutFlagsAndPrintsWhatTheReadmeShows() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TwelveLines.class.getName())
                .redirectErrorStream(true)
                .start();
        String printed;
        try (InputStream output = process.getInputStream()) {
            printed = new String(output.readAllBytes(), StandardCharsets.UTF_8);
        }

        assertThat(process.waitFor()).isZero();
        assertThat(printed).isEqualTo(blocks("").get(0));
    }
}
