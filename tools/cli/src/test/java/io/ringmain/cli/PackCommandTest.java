package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PackCommandTest {

    @TempDir
    private Path directory;

    private Path log = Path.of("");

    @BeforeEach
    void writeALog() throws IOException {
        log = write("app.log", "INFO one line after the other\n".repeat(20_000));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private String at(String name) {
        return directory.resolve(name).toString();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(path -> String.valueOf(path.getFileName())).sorted().toList();
        }
    }

    @Test
    void aFileIsPackedBesideItselfAndComesBack() throws IOException {
        for (String[] format : new String[][] {{"zstd", ".zst"}, {"gzip", ".gz"}, {"lz4", ".lz4"}, {"none", ".lz4"}}) {
            Outcome packed = Outcome.of("pack", log.toString(), "--format", format[0], "--verify", "--force");
            assertThat(packed.err()).contains("app.log" + format[1] + ": 600 kB to", ", verified", "bottleneck: ");
            assertThat(packed.code()).isZero();

            Outcome unpacked = Outcome.of("unpack", log + format[1], "-o", at("copy"), "--force");
            assertThat(unpacked.code()).as(unpacked.err()).isZero();
            assertThat(Path.of(at("copy"))).hasSameBinaryContentAs(log);
        }
        assertThat(names()).containsExactly("app.log", "app.log.gz", "app.log.lz4", "app.log.zst", "copy");
    }

    @Test
    void severalFilesGoIntoADirectoryThatIsMadeAndBack() throws IOException {
        Path other = write("other.txt", "something else");

        assertThat(Outcome.of("pack", log.toString(), other.toString(), "-o", at("packed") + "/")
                        .code())
                .isZero();
        assertThat(Outcome.of("unpack", at("packed/app.log.zst"), at("packed/other.txt.zst"), "-o", at("back") + "/")
                        .code())
                .isZero();

        assertThat(directory.resolve("back/app.log")).hasSameBinaryContentAs(log);
        assertThat(directory.resolve("back/other.txt")).hasContent("something else");
    }

    @Test
    void oneThatFailsDoesNotHoldUpTheOthers() throws IOException {
        Outcome outcome =
                Outcome.of("pack", at("nothing"), directory.toString(), log.toString(), "-o", at("out") + "/");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("ringmain pack: " + at("nothing") + ": no such file or directory")
                .contains("is a directory (expected: a file); make one of it first, as tar does");
        assertThat(directory.resolve("out/app.log.zst")).exists();
    }

    @Test
    void itReadsAndWritesStandardStreams() throws IOException {
        InputStream content = new ByteArrayInputStream("from a pipe".getBytes(StandardCharsets.UTF_8));
        Outcome packed = Outcome.reading(content, "pack", "-", "-o", at("piped.zst"));
        assertThat(packed.code()).as(packed.err()).isZero();

        Outcome unpacked = Outcome.reading(Files.newInputStream(directory.resolve("piped.zst")), "unpack", "-");

        assertThat(unpacked.out()).isEqualTo("from a pipe");
        assertThat(unpacked.code()).isZero();
        assertThat(Outcome.of("unpack", at("piped.zst"), "-o", "-").out()).isEqualTo("from a pipe");
    }

    @Test
    void aFileThatBecomesShorterIsSaidToBeSoInAPipeToo() throws IOException {
        Path shrinking = write("long.log", "INFO one line after the other\n".repeat(200_000));
        OutputStream cutting = new OutputStream() {
            @Override
            public void write(int single) throws IOException {
                Files.write(shrinking, new byte[0]);
            }
        };

        Outcome outcome =
                Outcome.writing(cutting, "pack", shrinking.toString(), "-o", "-", "--chunk", "64KiB", "--depth", "2");

        assertThat(outcome.err()).contains("long.log: has become shorter while it was read: ", "(expected: 6000000)");
        assertThat(outcome.code()).isEqualTo(1);
    }

    @Test
    void whatIsThereIsNotReplacedUnlessForced() throws IOException {
        Path there = write("app.log.zst", "precious");

        Outcome refused = Outcome.of("pack", log.toString());
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("is there already (expected: nothing); give --force to replace it");
        assertThat(there).hasContent("precious");

        assertThat(Outcome.of("pack", log.toString(), "--force").code()).isZero();
        assertThat(Outcome.of("unpack", there.toString(), "-o", at("copy")).code())
                .isZero();
        assertThat(Outcome.of("pack", log.toString(), "-o", log.toString(), "--force")
                        .err())
                .contains("is the input itself (expected: another file)");
        assertThat(directory.resolve("copy")).hasSameBinaryContentAs(log);
    }

    @Test
    void aLinkThatLeadsNowhereIsNotReplacedEither() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("app.log.zst"), Path.of("gone"));

        Outcome outcome = Outcome.of("pack", log.toString(), "--force");

        assertThat(outcome.err()).contains("app.log.zst: is not a file (expected: a file");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(link).isSymbolicLink();
        assertThat(names()).containsExactly("app.log", "app.log.zst");
    }

    @Test
    void theReportTakesThePlaceOfNoOtherFile() throws IOException {
        Path keys = write("keys", "correct horse\n");
        String file = log.toString();

        assertUsage(
                "--report: " + file + ": is a file that is read (expected: a file of its own)",
                "pack",
                at("no"),
                file,
                "--report",
                file);
        assertUsage("is a file that is written", "pack", file, "--force", "--report", file + ".zst");
        assertUsage(
                "keys: is a file that is read", "pack", file, "--passphrase-file", at("keys"), "--report", at("keys"));
        assertUsage(
                "keys: is a file that is read",
                "unpack",
                at("a.zst"),
                "--identity",
                at("keys"),
                "--report",
                at("keys"));

        assertThat(log).content().startsWith("INFO ");
        assertThat(keys).hasContent("correct horse");
        assertThat(names()).containsExactly("app.log", "keys");
    }

    @Test
    void anIdentityGivenAsARecipientIsNotShown() throws IOException {
        String secret = "AGE-SECRET-KEY-1JR5UD9W42FLX4XEVFQ";
        write("key.txt", "# public key: age1x\n" + secret + "\nage1y\n");

        Outcome outcome = Outcome.of("pack", log.toString(), "--recipients-file", at("key.txt"), "--recipient", secret);

        assertThat(outcome.err())
                .doesNotContain("JR5UD")
                .contains("--recipient AGE-SECRET-KEY-1..., ")
                .contains("key.txt:2, ")
                .contains("key.txt:3: no recipient (expected: age1 and 58 more signs, as age-keygen says)");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(names()).containsExactly("app.log", "key.txt");
    }

    @Test
    void aPassphraseComesFromAFile() throws IOException {
        write("pass.txt", "correct horse\n");
        Outcome packed = Outcome.of("pack", log.toString(), "--passphrase-file", at("pass.txt"), "--verify");
        assertThat(packed.code()).as(packed.err()).isZero();

        assertThat(Outcome.of("unpack", at("app.log.zst.age"), "-o", at("x")).err())
                .contains("encrypted by age (expected: what it was encrypted for); give --identity FILE");
        assertThat(Outcome.of("unpack", at("app.log.zst.age"), "-o", at("copy"), "--passphrase-file", at("pass.txt"))
                        .code())
                .isZero();

        assertThat(directory.resolve("copy")).hasSameBinaryContentAs(log);
        assertThat(names()).doesNotContain("x");
    }

    @Test
    void aDamagedFileLeavesNothingBehind() throws IOException {
        assertThat(Outcome.of("pack", log.toString()).code()).isZero();
        byte[] bytes = Files.readAllBytes(directory.resolve("app.log.zst"));
        bytes[bytes.length / 2]++;
        Files.write(directory.resolve("bad.zst"), bytes);

        Outcome outcome = Outcome.of("unpack", at("bad.zst"));

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("ringmain unpack: " + at("bad.zst") + ": damaged or not whole: ");
        assertThat(names()).containsExactly("app.log", "app.log.zst", "bad.zst");
    }

    @Test
    void aSignalLeavesNothingBehind() throws IOException {
        Outcome outcome = Outcome.signalled("SIGINT", "pack", log.toString(), "--level", "19");

        // It may come before the file, while it is packed, or when that is done.
        if (outcome.code() == 0) {
            assertThat(names()).containsExactly("app.log", "app.log.zst");
        } else {
            assertThat(outcome.code()).isEqualTo(1);
            assertThat(outcome.err()).contains("SIGINT: stopped; 0 of 1 file done, nothing kept of the rest");
            assertThat(names()).containsExactly("app.log");
        }
    }

    @Test
    void theReportIsForPrograms() throws IOException {
        Outcome outcome =
                Outcome.of("pack", log.toString(), at("nothing"), "-o", at("out") + "/", "--report", at("r.json"));

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(Files.readString(directory.resolve("r.json")))
                .startsWith("{\"verb\":\"pack\",\"seconds\":")
                .contains("\"failed\":1,\"files\":[{\"file\":\"" + log + "\",\"out\":", "\"content_bytes\":600000")
                .contains(
                        "\"lanes\":[{\"name\":\"reader\",\"threads\":1,", "\"wait_us\":{\"mean\":", "\"bottleneck\":\"")
                .contains("\"status\":\"failed\",\"error\":\"" + at("nothing") + ": no such file or directory\"");
    }

    @Test
    void wrongUsageIsSaidBeforeAnythingIsDone() throws IOException {
        String file = log.toString();
        assertUsage("--format: rar (expected: zstd, gzip, lz4 or none)", "pack", file, "--format", "rar");
        assertUsage("--level: 10 (expected: from 1 to 9", "pack", file, "--format", "gzip", "--level", "10");
        assertUsage("--chunk: 1KiB (expected: from 64KiB to 1GiB)", "pack", file, "--chunk", "1KiB");
        assertUsage("--depth: 1 (expected: from 2", "pack", file, "--depth", "1");
        assertUsage("--workers: 0 (expected: auto, N or MIN..MAX", "pack", file, "--workers", "0");
        assertUsage("--verify without --identity", "pack", file, "--recipient", "age1x", "--verify");
        assertUsage("--verify with standard output", "pack", file, "-o", "-", "--verify");
        assertUsage("for 2 files (expected: a directory", "pack", file, file, "-o", at("one.zst"));
        assertUsage("its name does not say what is packed in it", "unpack", file);
        assertUsage(
                "FILE: " + file + " and " + file + " would both be written to " + file + ".zst", "pack", file, file);
        assertThat(Outcome.of("pack", file, "--recipient", "age1x").err())
                .contains("--recipient age1x: no recipient (expected: age1 and 58 more signs, as age-keygen says)");
        assertThat(names()).containsExactly("app.log");
    }

    private static void assertUsage(String sentence, String... args) {
        Outcome outcome = Outcome.of(args);
        assertThat(outcome.err()).contains(sentence);
        assertThat(outcome.code()).isEqualTo(2);
    }

    @Test
    void moreMemoryThanThereIsIsSaid() {
        assertThat(Outcome.of("pack", log.toString(), "--chunk", "1GiB", "--depth", "4000")
                        .err())
                .contains("memory: ", " MiB for chunks (expected: at most ", "give a smaller --chunk or --depth");
    }
}
