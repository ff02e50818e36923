package io.ringmain.logs.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.github.luben.zstd.Zstd;
import io.ringmain.spi.Source.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A source goes on where another one stood. */
@Timeout(60)
class FileSourceRestartTest {

    private static final LineSettings SETTINGS =
            LineSettings.of("sources.web").withLineBytesMax(300).withPool(64 << 10);

    @TempDir
    private Path directory;

    private final List<Line> lines = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes);
    }

    private Path file(String name, String text) throws IOException {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private FileSource source(Object... paths) {
        FileSource source =
                new FileSource(Stream.of(paths).map(Object::toString).toList(), SETTINGS);
        source.noticesTo(notices::add);
        return source;
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    static byte[] saved(FileSource source) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        source.save(new DataOutputStream(out));
        return out.toByteArray();
    }

    static FileSource loaded(FileSource source, byte[] saved) throws IOException {
        source.load(new DataInputStream(new ByteArrayInputStream(saved)));
        return source;
    }

    /** Reads at least {@code count} lines, or to the end; returns what was saved then. */
    private byte[] read(FileSource source, int count) throws Exception {
        var taker = new Line.Taker();
        source.open();
        try {
            Status status = Status.READY;
            while (status != Status.END && taker.lines.size() < count) {
                status = source.fill(taker, 3);
                taker.endOfCall();
            }
            return saved(source);
        } finally {
            source.close();
            lines.addAll(taker.lines);
        }
    }

    private byte[] readAll(FileSource source) throws Exception {
        return read(source, Integer.MAX_VALUE);
    }

    private List<String> texts() {
        return lines.stream().map(Line::text).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void runThatIsCutAnywhereGivesTheLinesOfAWholeOne(int seed) throws Exception {
        System.getLogger("test").log(System.Logger.Level.INFO, "seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        Object[] paths = {
            file("a.log", RandomLines.of(random, 800, 500)),
            file("b.gz", gzip(RandomLines.of(random, 900, 500))),
            file("c.log", ""),
            file("d.log", "no line end"),
            file("e.zst", Zstd.compress(RandomLines.of(random, 900, 500))),
            file("f.log", RandomLines.of(random, 300, 20_000)),
            directory.resolve("a.log")
        };
        List<Line> whole = Line.all(source(paths));

        byte[] saved = read(source(paths), random.nextInt(100));
        while (lines.size() < whole.size()) {
            saved = read(loaded(source(paths), saved), 1 + random.nextInt(400));
        }
        readAll(loaded(source(paths), saved));

        assertThat(lines).isEqualTo(whole);
    }

    @Test
    void whatWasSavedBehindTheEndAndAfterTheCloseIsTheEnd() throws Exception {
        Path a = file("a.log", "1\n2\n");
        Path b = file("b.log", "3");
        FileSource source = source(a, b);
        readAll(source);

        byte[] saved = saved(source);
        Files.writeString(a, "4\n", StandardOpenOption.APPEND);
        readAll(loaded(source(a, b), saved));

        assertThat(texts()).containsExactly("1", "2", "3", "4");
        assertThat(lines).extracting(Line::position).isSorted();
    }

    @Test
    void sourceThatIsSavedBeforeItReadsStandsWhereItWasLoaded() throws Exception {
        Path a = file("a.log", "1\n2\n");
        Path b = file("b.log", "3\n4\n5\n6\n7\n");
        byte[] saved = read(source(a, b), 4);
        for (int i = 0; i < 3; i++) {
            saved = read(loaded(source(a, b), saved), 0);
        }

        readAll(loaded(source(a, b), saved));

        assertThat(texts()).containsExactly("1", "2", "3", "4", "5", "6", "7");
    }

    @Test
    void compressedFileThatHasEndedIsNotReadAgainUnlessItHasGrown() throws Exception {
        Path log = file("a.gz", gzip("1\n2\n".getBytes(StandardCharsets.UTF_8)));
        byte[] saved = readAll(source(log));
        FileSource second = loaded(source(log), saved);
        saved = readAll(second);
        assertThat(second.bytesRead()).isZero().isEqualTo(second.bytesTotal());
        Files.write(log, gzip("3\n".getBytes(StandardCharsets.UTF_8)), StandardOpenOption.APPEND);

        readAll(loaded(source(log), saved));

        assertThat(texts()).containsExactly("1", "2", "3");
    }

    @Test
    void placesAreThoseInTheFile() throws Exception {
        Path a = file("a.log", "1\n2\n3\n4\n5\n");
        byte[] saved = read(source(a), 1);
        FileSource source = loaded(source(a), saved);

        readAll(source);

        assertThat(lines).extracting(Line::position).containsExactly(0L, 2L, 4L, 6L, 8L);
        assertThat(source.where(8)).isEqualTo(a + ", byte 8");
        assertThat(source.bytesTotal()).isEqualTo(4).isEqualTo(source.bytesRead());
    }

    @Test
    void fileThatWasRenamedIsReadToItsEndBeforeTheNewOne() throws Exception {
        Path log = file("app.log", "1\n2\n3\n4\n5\n");
        byte[] saved = read(source(log), 1);
        Files.move(log, directory.resolve("app.log.1"));
        file("app.log", "6\n7\n");

        readAll(loaded(source(log), saved));

        assertThat(texts()).containsExactly("1", "2", "3", "4", "5", "6", "7");
    }

    @Test
    void newFileOfAGlobComesBehindThoseThatWereBegun() throws Exception {
        file("b.log", "1\n2\n3\n4\n");
        byte[] saved = read(source(directory + "/*.log"), 1);
        file("a.log", "5\n");

        readAll(loaded(source(directory + "/*.log"), saved));

        assertThat(texts()).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void fileThatWasCutIsReadFromItsBeginningAndThatIsSaid() throws Exception {
        Path log = file("app.log", "1\n2\n3\n4\n5\n");
        byte[] saved = read(source(log), 3);
        Files.writeString(log, "6\n", StandardOpenOption.TRUNCATE_EXISTING);
        FileSource source = loaded(source(log), saved);

        readAll(source);

        assertThat(texts()).containsExactly("1", "2", "3", "6");
        assertThat(notices)
                .containsExactly("sources.web.path: " + log
                        + ": cut, or another file than was read to byte 6 before; read from its beginning");
    }

    @Test
    void fileWithTheSameInodeAndAnotherBeginningOrAnotherLastLineIsAnotherFile() throws Exception {
        String head = "x".repeat(60) + '\n';
        Path log = file("app.log", head.repeat(30));
        byte[] saved = read(source(log), 25);
        int before = lines.size();

        // Written over in place, the inode stays.
        Files.writeString(log, "y" + head.repeat(30).substring(1));
        readAll(loaded(source(log), saved));
        assertThat(lines).hasSize(before + 30);

        String other = head.repeat(before - 1) + "z".repeat(60) + '\n' + head.repeat(10);
        Files.writeString(log, other);
        readAll(loaded(source(log), saved));
        assertThat(lines).hasSize(before + 30 + before + 10);
    }

    @Test
    void fileThatIsReplacedBeforeItsTurnIsNotReadInItsMiddle() throws Exception {
        Path a = file("a.log", "1\n2\n");
        byte[] saved = read(source(a), 1);
        FileSource source = loaded(source(a), saved);
        source.open();

        Files.move(a, directory.resolve("a.log.1"));
        file("a.log", "first\nsecond\n");

        assertThatIOException()
                .isThrownBy(() -> source.fill(new Line.Taker(), 3))
                .withMessageContaining(a + ": cut, or another file than was read to byte 4 before (expected:");
        source.close();
    }

    @Test
    void shortFileThatGrowsIsTheSameFile() throws Exception {
        Path log = file("app.log", "1\n");
        byte[] saved = readAll(source(log));
        Files.writeString(log, "2\n".repeat(2000), StandardOpenOption.APPEND);

        readAll(loaded(source(log), saved));

        assertThat(texts()).hasSize(2001).startsWith("1", "2");
    }

    @Test
    void fileThatIsGoneIsSaid() throws Exception {
        Path a = file("a.log", "1\n");
        Path b = file("b.log", "2\n");
        byte[] saved = readAll(source(a, b));
        Files.delete(a);
        FileSource source = loaded(source(b), saved);

        readAll(source);

        assertThat(texts()).containsExactly("1", "2");
        assertThat(notices).containsExactly("sources.web.path: " + a + ": gone; it was read to byte 2 before");
    }

    @Test
    void compressedFileThatWasReplacedIsReadFromItsBeginning() throws Exception {
        Path log = file("a.gz", gzip("1\n2\n3\n4\n".getBytes(StandardCharsets.UTF_8)));
        byte[] saved = read(source(log), 1);
        Files.write(log, gzip("5\n6\n".getBytes(StandardCharsets.UTF_8)));

        readAll(loaded(source(log), saved));

        assertThat(texts()).endsWith("5", "6");
    }

    @Test
    void positionOfAnotherVersionIsRefused() {
        assertThatIOException()
                .isThrownBy(() -> loaded(source("a.log"), new byte[] {0, 0, 0, 99}))
                .withMessage("sources.web: saved position of format 99 (expected: 1); it was saved by another version");
    }
}
