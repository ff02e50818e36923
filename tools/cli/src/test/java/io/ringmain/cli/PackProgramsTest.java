package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.kit.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Round trips of real files with the programs themselves, both ways: those that are on the path, of which gzip must be one, or all if programs are required. */
@Tag("data")
@Timeout(600)
class PackProgramsTest {

    /** A program, and how it packs from standard input to standard output, and unpacks. */
    private record Program(String format, String suffix, String packs, String unpacks) {

        String name() {
            return packs.substring(0, packs.indexOf(' '));
        }
    }

    private static final List<Program> PROGRAMS = List.of(
            new Program("gzip", ".gz", "gzip -c", "gzip -dc"),
            new Program("gzip", ".gz", "pigz -c", "pigz -dc"),
            new Program("zstd", ".zst", "zstd -qc", "zstd -qdc"),
            new Program("zstd", ".zst", "zstd -qc --long=27 -T2", "zstd -qdc"),
            new Program("lz4", ".lz4", "lz4 -qc", "lz4 -qdc"),
            new Program("lz4", ".lz4", "lz4 -qc -BD -B4 -BX", "lz4 -qdc"),
            new Program("none", ".lz4", "lz4 -qc -9", "lz4 -qdc"));

    @TempDir
    private Path directory;

    private Path content = Path.of("");

    @BeforeEach
    void joinTheLogs() throws IOException {
        content = directory.resolve("content");
        try (Stream<Path> logs = Files.walk(Path.of(System.getProperty("ringmain.data")))) {
            for (Path log :
                    logs.filter(Files::isRegularFile).sorted().limit(400).toList()) {
                Files.write(content, Files.readAllBytes(log), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        }
    }

    private Path piped(String command, Path in, String out) throws Exception {
        return run(in, out, command.split(" ", -1));
    }

    private Path run(Path in, String out, String... command) throws Exception {
        Path to = directory.resolve(out);
        Process process = new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectOutput(to.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String what = String.join(" ", command);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(what).isTrue();
        assertThat(process.exitValue()).as(what).isZero();
        return to;
    }

    private Path ringmain(String verb, Path in, String out, String... options) {
        Path to = directory.resolve(out);
        List<String> args = new ArrayList<>(List.of(verb, in.toString(), "-o", to.toString(), "--force"));
        args.addAll(List.of(options));
        Outcome outcome = Outcome.of(args.toArray(new String[0]));
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return to;
    }

    @Test
    void eachReadsWhatTheOtherWrites() throws Exception {
        List<String> done = new ArrayList<>();
        for (Program program : PROGRAMS) {
            if (Programs.isThere(program.name())) {
                Path ours = ringmain("pack", content, "ours" + program.suffix, "--format", program.format);
                assertThat(piped(program.unpacks, ours, "back")).hasSameBinaryContentAs(content);
                Path theirs = piped(program.packs, content, "theirs" + program.suffix);
                assertThat(ringmain("unpack", theirs, "back")).hasSameBinaryContentAs(content);
                done.add(program.name());
            }
        }
        assertThat(done).contains("gzip");
    }

    @Test
    void soDoesAgeWhereItIs() throws Exception {
        if (Programs.isThere("age") && Programs.isThere("age-keygen")) {
            Path key = piped("age-keygen", Path.of("/dev/null"), "key.txt");
            String recipient = Files.readAllLines(key).stream()
                    .filter(line -> line.startsWith("# public key: "))
                    .map(line -> line.substring("# public key: ".length()))
                    .findFirst()
                    .orElseThrow();
            Path ours = ringmain(
                    "pack",
                    content,
                    "ours.gz.age",
                    "--format",
                    "gzip",
                    "--recipient",
                    recipient,
                    "--verify",
                    "--identity",
                    key.toString());
            Path unlocked = piped("age -d -i " + key, ours, "ours.gz");
            assertThat(piped("gzip -dc", unlocked, "back")).hasSameBinaryContentAs(content);
            Path theirs = piped("age -r " + recipient, content, "theirs.age");
            assertThat(ringmain("unpack", theirs, "back", "--identity", key.toString()))
                    .hasSameBinaryContentAs(content);
            Path armored = piped("age -a -r " + recipient, content, "armored.age");
            assertThat(ringmain("unpack", armored, "back", "--identity", key.toString()))
                    .hasSameBinaryContentAs(content);
        }
        assertThat(content).exists();
    }

    @Test
    void soDoesAgeWithAPassphrase() throws Exception {
        if (Programs.isThere("age") && Programs.isThere("script")) {
            // It asks twice where it encrypts, and at a terminal only, which script gives it.
            Path typed = Files.writeString(directory.resolve("typed"), "grünes Pferd\n".repeat(2));
            Path theirs = directory.resolve("theirs.age");
            run(typed, "terminal", "script", "-qec", "age -p -o " + theirs + ' ' + content, "/dev/null");
            assertThat(ringmain("unpack", theirs, "back", "--passphrase-file", typed.toString()))
                    .hasSameBinaryContentAs(content);

            Path ours =
                    ringmain("pack", content, "ours.gz.age", "--format", "gzip", "--passphrase-file", typed.toString());
            Path unlocked = directory.resolve("unlocked.gz");
            run(typed, "terminal", "script", "-qec", "age -d -o " + unlocked + ' ' + ours, "/dev/null");
            assertThat(piped("gzip -dc", unlocked, "back")).hasSameBinaryContentAs(content);
        }
        assertThat(content).exists();
    }
}
