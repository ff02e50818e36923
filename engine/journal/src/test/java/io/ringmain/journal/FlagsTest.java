package io.ringmain.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Java without the flags that Chronicle Queue needs. */
@Timeout(60)
class FlagsTest {

    /** Opens a store and says why it cannot. */
    static final class Opening {

        private Opening() {}

        public static void main(String[] args) throws IOException {
            ChronicleDeadLetters letters = ChronicleDeadLetters.in(Path.of(args[0]));
            try {
                letters.open();
            } catch (IOException refused) {
                Files.writeString(Path.of(args[1]), refused.getMessage());
            }
        }
    }

    @Test
    void whoeverStartsWithoutThemIsToldWhichOnes(@TempDir Path directory) throws Exception {
        Process process = new ChildJvm(Opening.class, directory.resolve("letters"), directory.resolve("said"))
                .without("--add-")
                .start();
        process.waitFor();

        assertThat(directory.resolve("said"))
                .hasContent("Java was started without what Chronicle Queue needs to write; give it"
                        + " --add-exports=java.base/sun.nio.ch=ALL-UNNAMED --add-exports=java.base/jdk.internal.ref=ALL-UNNAMED"
                        + " --add-opens=java.base/java.lang.reflect=ALL-UNNAMED");
        assertThat(directory.resolve("letters")).doesNotExist();
    }
}
