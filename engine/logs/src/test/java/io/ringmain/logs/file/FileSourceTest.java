package io.ringmain.logs.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.Zstd;
import io.ringmain.spi.Source.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FileSourceTest {

    private static final LineSettings SETTINGS =
            LineSettings.of("sources.web").withLineBytesMax(8192).withPool(256 << 10);

    @TempDir
    private Path directory;

    private Path file(String name, String text) throws IOException {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private Path file(String name, byte[] bytes) throws IOException {
        Path path = directory.resolve(name);
        Files.createDirectories(path.getParent());
        return Files.write(path, bytes);
    }

    private FileSource source(Object... paths) {
        return new FileSource(Stream.of(paths).map(Object::toString).toList(), SETTINGS);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] lines(long seed, int count) {
        return RandomLines.of(new SplittableRandom(seed), count, 200);
    }

    private static List<Line> naive(byte[] bytes) {
        return Line.naive(bytes, 0, LineSettings.LINE_BYTES_MAX_DEFAULT);
    }

    private List<String> problems(Object... paths) {
        return catchThrowableOfType(InputException.class, () -> source(paths).open())
                .problems();
    }

    @Test
    void filesAreReadInOrderAndPositionsGoOn() throws Exception {
        Path a = file("a.log", "1\n2");
        Path b = file("b.log", "");
        Path c = file("c.log", "3\n");
        FileSource source = source(c, a, b, c);

        List<Line> lines = Line.all(source);

        assertThat(lines).extracting(Line::text).containsExactly("3", "1", "2", "3");
        assertThat(lines).extracting(Line::position).containsExactly(0L, 2L, 4L, 5L);
        assertThat(lines)
                .extracting(line -> source.where(line.position()))
                .containsExactly(c + ", byte 0", a + ", byte 0", a + ", byte 2", c + ", byte 0");
        assertThat(source.files()).containsExactly(c, a, b, c);
        assertThat(source.bytesRead()).isEqualTo(7).isEqualTo(source.bytesTotal());
    }

    @Test
    void globsGiveTheirFilesByName() throws Exception {
        file("logs/b.log", "b");
        file("logs/a.log", "a");
        file("logs/deep/er/c.log", "c");
        file("logs/deep/d.txt", "no");
        file("logs/.hidden.log", "no");
        file("logs/.git/x.log", "no");
        file("logs/[1].log", "1");

        assertThat(texts(directory + "/logs/*.log")).containsExactly("1", "a", "b");
        assertThat(texts(directory + "/logs/**/*.log")).containsExactly("1", "a", "b", "c");
        assertThat(texts(directory + "/**/c.log")).containsExactly("c");
        assertThat(texts(directory + "/logs/{b,a}.log")).containsExactly("a", "b");
        assertThat(texts(directory + "/*/[ab].log", directory + "/logs/?.log")).containsExactly("a", "b", "a", "b");
        assertThat(texts(directory + "/logs/[1].log")).containsExactly("1");
        assertThat(texts(directory + "/logs/.*.log")).containsExactly("no");
    }

    private List<String> texts(String... paths) throws Exception {
        return Line.all(source((Object[]) paths)).stream().map(Line::text).toList();
    }

    @Test
    void linkedFilesAndDirectoriesAreFollowedAndRingsOfThemEnd() throws Exception {
        file("real/a.log", "a");
        Files.createDirectories(directory.resolve("logs"));
        Files.createSymbolicLink(directory.resolve("logs/there"), directory.resolve("real"));
        Files.createSymbolicLink(directory.resolve("logs/ring"), directory.resolve("logs"));

        assertThat(texts(directory + "/logs/**/*.log")).containsExactly("a");
        assertThat(texts(directory + "/logs/*/a.log")).containsExactly("a");
    }

    @Test
    void relativePathsStartAtTheCurrentDirectory() throws Exception {
        FileSource source = source("pom.xml", "pom*");

        source.open();

        assertThat(source.files()).containsExactly(Path.of("pom.xml"), Path.of("pom.xml"));
        source.close();
    }

    @Test
    void everythingThatIsWrongWithThePathsIsSaidAtOnce() throws Exception {
        Path good = file("good.log", "x");
        Path secret = file("secret.log", "x");
        Path missing = directory.resolve("x.log");
        FileSource source = new FileSource(
                List.of(
                        good.toString(),
                        missing.toString(),
                        directory.toString(),
                        directory + "/*.lgo",
                        "a\0b",
                        secret.toString(),
                        "/dev/null",
                        directory + "/{a,{b,c}}"),
                SETTINGS,
                path -> !path.equals(secret),
                null);

        InputException failure = catchThrowableOfType(InputException.class, source::open);

        assertThat(failure.problems())
                .containsExactly(
                        "sources.web.path: " + missing + ": no such file (expected: a readable file); check the path",
                        "sources.web.path: " + directory
                                + ": a directory (expected: a readable file); for all files in it write " + directory
                                + "/*",
                        "sources.web.path: " + directory
                                + "/*.lgo: matches no file (expected: at least one readable file); check the pattern",
                        "sources.web.path: a\0b: Nul character not allowed: a\0b (expected: a path or a glob); correct it",
                        "sources.web.path: " + secret
                                + ": not readable for this user (expected: a readable file); check the permissions",
                        "sources.web.path: /dev/null: a pipe or device (expected: a readable file); to read a pipe use standard input",
                        "sources.web.path: " + directory
                                + "/{a,{b,c}}: Cannot nest groups near index 3 (expected: a path or a glob); correct it");
        assertThat(failure.getMessage().lines()).containsExactlyElementsOf(failure.problems());
    }

    @Test
    void directoryOfAGlobThatIsMissingIsAGlobWithoutMatch() {
        assertThat(problems(directory + "/none/*.log"))
                .singleElement()
                .asString()
                .contains("matches no file");
    }

    @Test
    void gzipIsKnownByItsBytesAndMayHaveSeveralMembers() throws Exception {
        byte[] first = lines(1, 4000);
        byte[] second = lines(2, 10);
        byte[] third = lines(3, 3000);
        Path path = file("no-suffix", join(gzip(first), gzip(second), gzip(new byte[0]), gzip(third), new byte[512]));
        FileSource source = source(path);

        assertThat(Line.all(source)).isEqualTo(naive(join(first, second, third)));
        assertThat(source.bytesRead()).isEqualTo(Files.size(path)).isEqualTo(source.bytesTotal());
    }

    @Test
    void gzipHeaderMayHaveAllItsParts() throws Exception {
        byte[] plain = gzip("line\n".getBytes(StandardCharsets.UTF_8));
        byte[] header = {
            0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 1, 2, 3, 4, 0, 3, 3, 0, 'a', 'b', 'c', 'n', 0, 'c', 'o', 0, 7, 7
        };

        Path path = file("x", join(header, Arrays.copyOfRange(plain, 10, plain.length)));

        assertThat(Line.all(source(path))).extracting(Line::text).containsExactly("line");
    }

    @Test
    void zstdIsKnownByItsBytesAndMayHaveSeveralFrames() throws Exception {
        byte[] first = lines(4, 5000);
        byte[] second = lines(5, 2000);
        Path path = file("x.log", join(Zstd.compress(first), Zstd.compress(new byte[0]), Zstd.compress(second)));
        FileSource source = source(path);

        assertThat(Line.all(source)).isEqualTo(naive(join(first, second)));
        assertThat(source.bytesRead()).isEqualTo(Files.size(path)).isEqualTo(source.bytesTotal());
    }

    @Test
    void fileOfOneByteIsPlain() throws Exception {
        assertThat(Line.all(source(file("x", new byte[] {0x1f}))))
                .extracting(Line::text)
                .containsExactly("\u001f");
    }

    /** Reads to the fault; the lines before it must be those that the bytes begin with. */
    private IOException fault(byte[] original, Path path) throws Exception {
        FileSource source = source(file("before.log", "whole\n"), path, file("never.log", "never\n"));
        source.open();
        var taker = new Line.Taker();
        IOException failure = catchThrowableOfType(IOException.class, () -> {
            while (source.fill(taker, 7) != Status.END) {
                taker.endOfCall();
            }
        });
        source.close();
        assertThat(failure).isNotNull();
        assertThat(taker.lines.get(0).text()).isEqualTo("whole");
        List<Line> expected = Line.naive(original, 6, LineSettings.LINE_BYTES_MAX_DEFAULT);
        assertThat(taker.lines.subList(1, taker.lines.size()))
                .isEqualTo(expected.subList(0, taker.lines.size() - 1))
                .hasSizeLessThanOrEqualTo(expected.size());
        delivered = taker.lines.size() - 1;
        return failure;
    }

    private int delivered;

    @Test
    void truncatedGzipGivesWhatIsThereAndThenFails() throws Exception {
        byte[] bytes = lines(6, 6000);
        byte[] zipped = gzip(bytes);
        Path path = file("cut.gz", Arrays.copyOf(zipped, zipped.length / 2));

        IOException failure = fault(bytes, path);

        assertThat(failure)
                .hasMessageStartingWith("sources.web.path: " + path
                        + ": ends in the middle of its compressed data, at byte " + zipped.length / 2
                        + " (expected: a whole gzip file); get it again; of the line that stands there ");
        assertThat(delivered).isGreaterThan(2500);
    }

    @Test
    void gzipCutAnywhereNeverPassesForWhole() throws Exception {
        byte[] bytes = lines(7, 8);
        byte[] zipped = join(gzip(bytes), gzip(bytes));
        for (int length = 3; length < zipped.length; length += 1 + length / 60) {
            if (length != zipped.length / 2) {
                Path path = file("cut.gz", Arrays.copyOf(zipped, length));

                assertThat(fault(join(bytes, bytes), path)).hasMessageContaining("sources.web.path: " + path);
            }
        }
    }

    @Test
    void zstdCutAnywhereNeverPassesForWhole() throws Exception {
        byte[] bytes = lines(8, 300);
        byte[] zipped = Zstd.compress(bytes);
        for (int length = 4; length < zipped.length; length += 1 + length / 15) {
            Path path = file("cut.zst", Arrays.copyOf(zipped, length));

            assertThat(fault(bytes, path))
                    .hasMessageContaining(path + ": ends in the middle of its compressed data, at byte " + length);
        }
    }

    @Test
    void truncatedZstdGivesWhatIsThere() throws Exception {
        byte[] bytes = lines(8, 20_000);
        byte[] zipped = Zstd.compress(bytes);

        fault(bytes, file("cut.zst", Arrays.copyOf(zipped, zipped.length / 2)));

        assertThat(delivered).isGreaterThan(5000);
    }

    @Test
    void damagedCompressedDataIsAFaultWithFileAndPlace() throws Exception {
        byte[] bytes = lines(9, 3000);
        SplittableRandom random = new SplittableRandom(9);
        for (int run = 0; run < 30; run++) {
            byte[] zipped = gzip(bytes);
            int at = 10 + random.nextInt(zipped.length - 10);
            zipped[at] ^= 0x55;
            Path path = file("bad.gz", zipped);
            FileSource source = source(path);
            source.open();
            var taker = new Line.Taker();

            // Lines before the fault may be wrong already: only the check sum at the end tells. But it must tell.
            IOException failure = catchThrowableOfType(IOException.class, () -> {
                while (source.fill(taker, 7) != Status.END) {
                    taker.endOfCall();
                }
            });

            assertThat(failure).as("byte %d", at).hasMessageContaining("sources.web.path: " + path + ": ");
            source.close();
        }
    }

    @Test
    void damagedZstdIsAFaultWithFileAndPlace() throws Exception {
        byte[] bytes = lines(10, 3000);
        byte[] zipped = Zstd.compress(bytes);
        Path path = file("bad.zst", join(zipped, "garbage".getBytes(StandardCharsets.UTF_8)));

        IOException failure = fault(bytes, path);

        assertThat(failure)
                .hasMessageContaining(path + ": damaged before byte ")
                .hasMessageContaining("(expected: a whole zstd file); get it again");
        assertThat(delivered).isGreaterThan(2990);
    }

    @Test
    void somethingBehindTheLastMemberIsNotSkippedSilently() throws Exception {
        byte[] bytes = lines(11, 10);
        byte[] zipped = gzip(bytes);
        Path path = file("x.gz", join(zipped, "plain text\n".getBytes(StandardCharsets.UTF_8)));

        assertThat(fault(bytes, path))
                .hasMessageStartingWith(
                        "sources.web.path: " + path + ": something else follows the compressed data, at byte "
                                + zipped.length + " (expected: gzip, or the end of the file); cut it off");
    }

    @Test
    void fileThatVanishesBeforeItsTurnIsAFault() throws Exception {
        Path first = file("first.log", "one\n");
        Path second = file("second.log", "two\n");
        FileSource source = source(first, second);
        source.open();
        Files.delete(second);
        var taker = new Line.Taker();

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> {
                    while (source.fill(taker, 7) != Status.END) {
                        taker.endOfCall();
                    }
                })
                .withMessage("sources.web.path: " + second
                        + ": gone (expected: a file that stays until it is read); it was there at the start");

        assertThat(taker.lines).extracting(Line::text).containsExactly("one");
        source.close();
    }

    @Test
    void fileThatIsCutWhileItIsReadIsAFault() throws Exception {
        byte[] bytes = "line\n".repeat(200_000).getBytes(StandardCharsets.UTF_8);
        Path path = file("x.log", bytes);
        FileSource source = source(path);
        source.open();
        var taker = new Line.Taker();
        while (taker.lines.isEmpty()) {
            source.fill(taker, 7);
            taker.endOfCall();
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(600_000);
        }

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> {
                    while (source.fill(taker, 1000) != Status.END) {
                        taker.endOfCall();
                    }
                })
                .withMessage(
                        "sources.web.path: " + path
                                + ": ended at byte 600000 (expected: 1000000 bytes, as at its opening); it was cut while it was read");

        assertThat(taker.lines).hasSize(120_000);
        source.close();
    }

    @Test
    void fileThatGrowsIsReadToItsEnd() throws Exception {
        Path path = file("x.log", "one\ntw");
        FileSource source = source(path);
        source.open();
        var taker = new Line.Taker();
        while (taker.lines.isEmpty()) {
            source.fill(taker, 7);
            taker.endOfCall();
        }
        Files.writeString(path, "o\nthree\n", StandardOpenOption.APPEND);

        while (source.fill(taker, 7) != Status.END) {
            taker.endOfCall();
        }

        assertThat(taker.lines).extracting(Line::text).containsExactly("one", "two", "three");
        source.close();
    }

    @Test
    void asksForRoomOnlyWhileItsOwnEventsAreInTheRing() throws Exception {
        Path path = file("x.log", "0123456789\n".repeat(100));
        FileSource source = new FileSource(
                List.of(path.toString()), SETTINGS.withLineBytesMax(20).withPool(64));
        source.open();
        var keeping = new Line.Taker() {
            @Override
            void endOfCall() {
                // The engine keeps all of them.
            }
        };

        Status status = Status.READY;
        while (status == Status.READY) {
            status = source.fill(keeping, 3);
        }

        assertThat(status).isEqualTo(Status.HELD);
        assertThat(keeping.claimed()).isEqualTo(3);
        assertThat(source.fill(keeping, 3)).isEqualTo(Status.HELD);
        source.close();
    }
}
