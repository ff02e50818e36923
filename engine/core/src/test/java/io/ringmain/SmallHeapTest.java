package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a minute of many events costs in a small heap: nothing. */
@Tag("slow")
@Timeout(180)
class SmallHeapTest {

    private static final long PER_SECOND = 99_999;
    private static final long SECONDS = Long.getLong("ringmain.heap.seconds", 60);

    private static final System.Logger LOGGER = System.getLogger("io.ringmain");

    @TempDir
    private Path folder;

    @Test
    void threeSourcesAndThreeSubscribersInThirtyTwoMegabytes() throws Exception {
        Path found = folder.resolve("found");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeapRun.class.getName(),
                        Long.toString(PER_SECOND),
                        Long.toString(SECONDS),
                        found.toString())
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
        } finally {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(found);
        LOGGER.log(System.Logger.Level.INFO, String.join("; ", lines));
        long events = PER_SECOND * SECONDS;
        long each = events / 3;
        String seen = "seen " + events + ' ' + 3 * (each * (each - 1) / 2);
        assertThat(lines)
                .contains("received " + events, "in flight 0", "lagged 0")
                .filteredOn(seen::equals)
                .hasSize(3);
    }
}
