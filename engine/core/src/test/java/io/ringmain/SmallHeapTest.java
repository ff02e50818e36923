package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a minute of many events costs in a small heap: nothing. */
@Tag("slow")
@Timeout(180)
class SmallHeapTest {

    private static final long PER_SECOND = 99_999;
    private static final long SECONDS = Long.getLong("ringmain.heap.seconds", 60);

    @Test
    void threeSourcesAndThreeSubscribersInThirtyTwoMegabytes() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeapRun.class.getName(),
                        Long.toString(PER_SECOND),
                        Long.toString(SECONDS))
                .redirectErrorStream(true)
                .start();
        List<String> out;
        try {
            out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(process.waitFor()).as(String.join("\n", out)).isZero();
        } finally {
            process.destroyForcibly();
        }
        System.out.println(String.join("\n", out));
        long events = PER_SECOND * SECONDS;
        long each = events / 3;
        String seen = "seen " + events + ' ' + 3 * (each * (each - 1) / 2);
        assertThat(out)
                .contains("received " + events, "balanced 0", "lagged 0")
                .filteredOn(seen::equals)
                .hasSize(3);
    }
}
