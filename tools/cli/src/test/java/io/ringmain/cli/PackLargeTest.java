package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More than a heap could hold, in processes of their own. */
@Tag("slow")
@Timeout(900)
class PackLargeTest {

    private static final long BLOCKS = 64;
    private static final int BLOCK_BYTES = 64 << 20;

    @TempDir
    private Path directory;

    private static Process start(String heap, String... args) throws IOException {
        String[] begin = {
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + heap,
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()
        };
        String[] all = Arrays.copyOf(begin, begin.length + args.length);
        System.arraycopy(args, 0, all, begin.length, args.length);
        return new ProcessBuilder(all)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static byte[] block() {
        return "a line of a log that is not very long\n"
                .repeat(BLOCK_BYTES / 38 + 1)
                .substring(0, BLOCK_BYTES)
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void fourGibibytesGoThroughAHeapOfTheirChunksAnd64Mebibytes() throws Exception {
        String packed = directory.resolve("large.zst").toString();
        byte[] block = block();

        // Four chunks of 4 MiB, and their bounds, which are 16 KiB larger.
        Process packing = start("97m", "pack", "-", "-o", packed);
        try (OutputStream to = packing.getOutputStream()) {
            for (int i = 0; i < BLOCKS; i++) {
                to.write(block);
            }
        }
        assertThat(packing.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(packing.exitValue()).isZero();

        Process unpacking = start("68m", "unpack", packed, "-o", "-");
        try (InputStream from = unpacking.getInputStream()) {
            for (int i = 0; i < BLOCKS; i++) {
                assertThat(Arrays.equals(from.readNBytes(BLOCK_BYTES), block)).isTrue();
            }
            assertThat(from.read()).isEqualTo(-1);
        }
        assertThat(unpacking.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(unpacking.exitValue()).isZero();
    }
}
