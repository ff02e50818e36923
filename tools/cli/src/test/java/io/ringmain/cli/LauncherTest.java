package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How {@code tools/bin/ringmain} starts Java: with one that says how it was started. */
@Timeout(60)
class LauncherTest {

    @TempDir
    private Path directory;

    private Path script;

    @BeforeEach
    void begin() throws IOException {
        script = Files.createDirectories(directory.resolve("bin")).resolve("ringmain");
        Files.copy(Examples.ROOT.resolve("tools/bin/ringmain"), script);
        Files.write(directory.resolve("ringmain.jar"), new byte[0]);
        Path java = Files.createDirectories(directory.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"locale ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} java $*\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
    }

    private String started(Map<String, String> environment, String... arguments) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(Stream.concat(Stream.of("bash", script.toString()), Stream.of(arguments))
                        .toList());
        List.of("LC_ALL", "LC_CTYPE", "LANG").forEach(builder.environment()::remove);
        builder.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
        builder.environment().put("XDG_CACHE_HOME", directory.toString());
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void onePictureThatNeedsTooMuchMemoryDoesNotEndTheOthers() throws IOException {
        assertThat(started(Map.of(), "run", "shop.yaml")).contains("ExitOnOutOfMemoryError", "LoopUnrollLimit");
        assertThat(started(Map.of(), "images", "a", "b")).doesNotContain("ExitOnOutOfMemoryError", "LoopUnrollLimit");
        assertThat(started(Map.of(), "dlq", "retry", "a")).doesNotContain("ExitOnOutOfMemoryError", "LoopUnrollLimit");
    }

    @Test
    void namesThatAreNotAsciiAreKnownUnderTheLocaleOfC() throws IOException {
        assertThat(started(Map.of(), "version")).startsWith("locale C.UTF-8 ");
        assertThat(started(Map.of("LC_ALL", "POSIX"), "version")).startsWith("locale C.UTF-8 ");
        assertThat(started(Map.of("LANG", "C"), "version")).startsWith("locale C.UTF-8 ");
        assertThat(started(Map.of("LANG", "C", "LC_ALL", "de_DE"), "version")).contains("locale de_DE ");
    }

    /** Java would open a file of its own in that place, and a program would read that. */
    @Test
    void aStreamThatIsClosedIsHeldByWhatCannotBeRead() throws IOException {
        Files.writeString(
                directory.resolve("jdk/bin/java"), "#!/bin/bash\n{ : 3<&0; } && echo held\ncat || echo unread\n");
        script = Files.writeString(directory.resolve("closing"), "exec bash '" + script + "' \"$@\" <&-\n");

        assertThat(started(Map.of(), "pack", "-")).contains("held", "unread");
    }
}
