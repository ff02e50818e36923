package io.ringmain.logs.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import io.ringmain.testing.SourceContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines out of bytes, whatever the sizes of slabs, limits and files. */
@Timeout(120)
class LineSplittingTest {

    @TempDir
    private Path directory;

    private static LineSettings tiny(int lineBytesMax, int slabBytes) {
        // A slab is a sixteenth, unless the longest line needs more.
        return LineSettings.of("sources.web").withLineBytesMax(lineBytesMax).withPool(16L * slabBytes);
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes);
    }

    private List<Line> read(byte[] bytes, LineSettings settings) throws Exception {
        return Line.all(new FileSource(List.of(file("x.log", bytes).toString()), settings));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void filesOfAnyLinesGiveWhatANaiveReaderGives(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        int lineBytesMax = 1 + random.nextInt(60);
        LineSettings settings = tiny(lineBytesMax, 16 + random.nextInt(80));
        List<String> paths = new ArrayList<>();
        List<Line> expected = new ArrayList<>();
        long start = 0;
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            byte[] bytes = RandomLines.of(random, random.nextInt(60), 1 + random.nextInt(2 * lineBytesMax));
            paths.add(file(i + ".log", bytes).toString());
            expected.addAll(Line.naive(bytes, start, lineBytesMax));
            start += bytes.length;
        }

        List<Line> lines = Line.all(new FileSource(paths, settings));

        assertThat(lines).as("seed %d, %s", seed, settings).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {101, 102, 103, 104, 105, 106})
    void filesKeepTheContractOfSources(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        LineSettings settings =
                tiny(1 + random.nextInt(40), 16 + random.nextInt(80)).withSource(Text.of("web"));
        byte[] bytes = RandomLines.of(random, 1 + random.nextInt(1500), 30);
        String path = file("x.log", bytes).toString();

        SourceContract.of(
                        () -> new FileSource(List.of(path, path), settings), LogEvent.TYPE, LineSplittingTest::picture)
                .check();
    }

    private static String picture(LogEvent event) {
        return Line.of(0, event).text() + '|' + event.bytesCut() + '|' + event.source();
    }

    @Test
    void lineEndsAreCutAndSingleReturnsAreNot() throws Exception {
        List<Line> lines = read(bytes("a\r\n\r\n\nb\rc\r\r\nlast\r"), LineSettings.of("x"));

        assertThat(lines).extracting(Line::text).containsExactly("a", "", "", "b\rc\r", "last\r");
        assertThat(lines).extracting(Line::position).containsExactly(0L, 3L, 5L, 6L, 12L);
    }

    @Test
    void emptyFileHasNoLineAndALoneLineEndIsOne() throws Exception {
        assertThat(read(bytes(""), LineSettings.of("x"))).isEmpty();
        assertThat(read(bytes("\n"), LineSettings.of("x"))).containsExactly(new Line(0, "", 0));
        assertThat(read(bytes("a"), LineSettings.of("x"))).containsExactly(new Line(0, "a", 0));
    }

    @Test
    void emptyLineOfAFileIsALineAndAResultHasNone() throws Exception {
        LogEvent event = new LogEvent();
        assertThat(event.hasLine()).isFalse();
        event.wrapLine(new byte[0], 0, 0);
        assertThat(event.hasLine()).isTrue();

        LogEvent copy = new LogEvent();
        LogEvent.TYPE.copy(event, copy);
        assertThat(copy.hasLine()).isTrue();
        event.clear();
        LogEvent.TYPE.copy(event, copy);
        assertThat(copy.hasLine()).isFalse();
    }

    @Test
    void nulAndBytesThatAreNoUtf8AreTakenAsTheyAre() throws Exception {
        assertThat(read(bytes("a\0b\n\u00ff\u00fe\u00c3\n"), LineSettings.of("x")))
                .extracting(Line::text)
                .containsExactly("a\0b", "\u00ff\u00fe\u00c3");
    }

    @Test
    void lineOfExactlyTheLimitIsWholeWithEitherLineEnd() throws Exception {
        assertThat(read(bytes("12345678\n12345678\r\n123456789\n12345678"), tiny(8, 16)))
                .extracting(Line::bytesCut)
                .containsExactly(0, 0, 1, 0);
    }

    @Test
    void tenMegabyteLineLeavesItsBeginningAndItsNeighboursWhole() throws Exception {
        byte[] long10Mb = bytes("before\n" + "x".repeat(10 << 20) + "\r\nafter\n");

        List<Line> lines = read(long10Mb, LineSettings.of("sources.web"));

        assertThat(lines).isEqualTo(Line.naive(long10Mb, 0, LineSettings.LINE_BYTES_MAX_DEFAULT));
        assertThat(lines.get(1).text()).hasSize(64 << 10);
        assertThat(lines.get(1).bytesCut()).isEqualTo((10 << 20) - (64 << 10));
    }

    @Test
    void linesOfAMegabyteAreWhole() throws Exception {
        byte[] lines = bytes(("y".repeat(1 << 20) + "\r\nshort\n").repeat(5));

        assertThat(read(lines, LineSettings.of("sources.web")))
                .isEqualTo(Line.naive(lines, 0, LineSettings.LINE_BYTES_MAX_DEFAULT));
    }

    @Test
    void sourcesThatShareThePoolHoldNoMoreTogetherUnlessEachNeedsALine() {
        LineSettings longest = LineSettings.of("sources.web");
        LineSettings shorter = longest.withLineBytesMax(64 << 10);
        for (int sources = 1; sources <= 15; sources++) {
            assertThat(sources * longest.withPoolSharedBy(sources).poolBytes()).isLessThanOrEqualTo(16 << 20);
        }
        for (int sources = 1; sources <= 200; sources++) {
            assertThat(sources * shorter.withPoolSharedBy(sources).poolBytes()).isLessThanOrEqualTo(16 << 20);
        }
        assertThat(longest.withPoolSharedBy(100).poolBytes()).isEqualTo((1 << 20) + 4097);
        assertThat(longest.withPoolSharedBy(1)).isEqualTo(longest);
    }

    @ParameterizedTest
    @ValueSource(longs = {32, 100, 1 << 10, 1 << 20, 3 << 20, 16 << 20})
    void slabsOfAPoolAreNeverLargerTogetherThanThePool(long poolBytes) {
        int lineBytesMax = (int) Math.min(poolBytes / 2, LineSettings.LINE_BYTES_MAX_DEFAULT);
        Slabs slabs = LineSettings.of("sources.web")
                .withPool(16 << 20)
                .withLineBytesMax(lineBytesMax)
                .withPool(poolBytes)
                .slabs();

        long bytes = 0;
        for (byte[] slab = slabs.take(-1); slab != null; slab = slabs.take(-1)) {
            assertThat(slab.length).isGreaterThan(lineBytesMax + 1);
            bytes += slab.length;
        }

        assertThat(bytes).isBetween(poolBytes / 2, poolBytes);
    }

    @Test
    void settingsThatCannotWorkAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LineSettings.of("sources.web").withLineBytesMax(0))
                .withMessage("sources.web.line_bytes_max: 0 (expected: from 1 to 1048576)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LineSettings.of("sources.web").withPool(1 << 20))
                .withMessage("sources.web.pool_bytes: 1048576"
                        + " (expected: from 1052673, a slab that holds the longest line, to 4294967296)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LineSettings.of("sources.web").withPoolSharedBy(0))
                .withMessage("sources.web: its pool shared by 0 sources (expected: >= 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FileSource(List.of(), LineSettings.of("sources.web")))
                .withMessage("sources.web.path: none (expected: at least one path or glob)");
    }
}
