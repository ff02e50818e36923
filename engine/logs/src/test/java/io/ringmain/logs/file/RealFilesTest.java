package io.ringmain.logs.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files that nobody here wrote give the lines that a naive reader finds in them. */
@Tag("data")
@Timeout(120)
class RealFilesTest {

    private static List<Path> files(String directory) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("ringmain.data"), directory))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void everyLogGivesItsLines() throws Exception {
        for (String directory : List.of("access", "loghub", "json", "logfmt", "syslog", "multiline")) {
            assertThat(files(directory)).as(directory).isNotEmpty();
            for (Path file : files(directory)) {
                FileSource source = new FileSource(
                        List.of(file.toString()),
                        LineSettings.of("sources.real").withLineBytesMax(4000).withPool(128 << 10));

                List<Line> lines = Line.all(source);

                assertThat(lines)
                        .as(file.toString())
                        .isEqualTo(Line.naive(Files.readAllBytes(file), 0, 4000))
                        .isNotEmpty();
            }
        }
    }
}
