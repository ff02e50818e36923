package io.ringmain.journal.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.journal.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Writing tells nobody: the library leaves nothing in the user's home, and is told to be silent where somebody puts its telemetry on the class path. */
class NoTelemetryTest {

    @TempDir
    private Path folder;

    /** Writes an excerpt, and ends with 3 if telemetry is not switched off. */
    static final class Writing {

        private Writing() {}

        public static void main(String[] args) throws IOException {
            try (var files = new QueueFiles(Path.of(args[0]), QueueFiles.FILE_BYTES_MIN, false)) {
                files.open();
                files.append(1, new byte[10], 0, 10);
            }
            System.exit(Boolean.getBoolean("chronicle.analytics.disable") ? 0 : 3);
        }
    }

    @Test
    @Timeout(60)
    void nothingIsLeftInTheHomeOfTheUser() throws Exception {
        Path home = folder.resolve("home");
        assertThat(home.toFile().mkdir()).isTrue();

        Process process = new ChildJvm(Writing.class, folder.resolve("queue"))
                .with("-Duser.home=" + home, "-Djava.io.tmpdir=" + folder)
                .start();

        assertThat(process.waitFor()).isZero();
        assertThat(home).isEmptyDirectory();
        assertThat(folder.resolve("queue")).isDirectoryContaining("glob:**.cq4");
    }
}
