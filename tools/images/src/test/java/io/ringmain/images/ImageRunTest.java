package io.ringmain.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Report;
import io.ringmain.images.ImageRun.Settings;
import io.ringmain.images.Outcome.Status;
import io.ringmain.images.picture.Drawn;
import io.ringmain.images.picture.Limits;
import io.ringmain.images.picture.Operation;
import io.ringmain.spi.DeadLetter;
import io.ringmain.spi.MemoryDeadLetters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ImageRunTest {

    private static final List<Operation> SMALL = Operation.parseAll("resize 20x20 fit");

    @TempDir
    private Path directory;

    private final MemoryDeadLetters letters = new MemoryDeadLetters();
    private Path in;
    private Path out;

    @BeforeEach
    void begin() throws IOException {
        in = Files.createDirectories(directory.toRealPath().resolve("in"));
        out = in.resolveSibling("out");
    }

    private static Settings settings(boolean anew) {
        return new Settings(1, 2, Duration.ofMinutes(1), anew, 100 << 20);
    }

    private List<Outcome> run(List<Operation> operations, Limits limits, Settings settings) throws IOException {
        PictureFiles files = PictureFiles.in(in, out, null, operations, limits);
        try (ImageRun run = new ImageRun(files, settings, letters)) {
            run.pipeline().start();
            Report report = run.pipeline().await();
            assertThat(report.succeeded()).isTrue();
            assertThat(run.outcomes().count()).isEqualTo(files.count());
            return run.outcomes().all();
        }
    }

    private List<Outcome> run() throws IOException {
        return run(SMALL, Limits.DEFAULT, settings(false));
    }

    private List<String> written() throws IOException {
        try (Stream<Path> all = Files.walk(out)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> out.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whatFailsIsADeadLetterAndTheOthersGoOn() throws IOException {
        Drawn.file(in.resolve("a.png"), 40, 30);
        Files.write(in.resolve("b.png"), new byte[100]);
        Drawn.file(in.resolve("c/c.jpg"), 30, 40);

        List<Outcome> outcomes = run();

        assertThat(outcomes).extracting(Outcome::status).containsExactly(Status.DONE, Status.FAILED, Status.DONE);
        assertThat(outcomes.get(1).reason()).isEqualTo("not_a_picture");
        assertThat(outcomes.get(0).sizeOut().width()).isEqualTo(20);
        assertThat(outcomes.get(0).spentNs()).hasSize(4);
        assertThat(written()).containsExactly("a.png", "c/c.jpg");
        assertThat(letters.letters())
                .singleElement()
                .extracting(DeadLetter::reason, letter -> letter.event().toString())
                .containsExactly(
                        "not_a_picture", in.resolve("b.png") + " => " + out.resolve("b.png") + ": resize 20x20 fit");
    }

    @Test
    void whatIsUpToDateIsNotDoneAgain() throws IOException {
        Path picture = Drawn.file(in.resolve("a.png"), 40, 30);
        run();
        Path result = out.resolve("a.png");
        FileTime before = FileTime.fromMillis(Files.getLastModifiedTime(picture).toMillis() + 60_000);
        Files.setLastModifiedTime(result, before);

        assertThat(run()).extracting(Outcome::status).containsExactly(Status.SKIPPED);
        assertThat(Files.getLastModifiedTime(result)).isEqualTo(before);

        // Forced, asked for otherwise, older than its picture.
        assertThat(run(SMALL, Limits.DEFAULT, settings(true)))
                .extracting(Outcome::status)
                .containsExactly(Status.DONE);
        assertThat(run(List.of(), Limits.DEFAULT, settings(false)))
                .extracting(Outcome::status)
                .containsExactly(Status.DONE);
        Files.setLastModifiedTime(result, FileTime.fromMillis(0));
        assertThat(run()).extracting(Outcome::status).containsExactly(Status.DONE);
    }

    @Test
    void aResultOfAnotherPictureIsNotUpToDate() throws IOException {
        Drawn.file(in.resolve("a.gif"), 40, 30);
        run();

        // Comes before a.gif, so it has the name a.png now; and it is older than what was made of that.
        Path other = Drawn.file(in.resolve("a.bmp"), 30, 40);
        Files.setLastModifiedTime(other, FileTime.fromMillis(0));

        assertThat(run()).extracting(Outcome::status).containsExactly(Status.DONE, Status.DONE);
        assertThat(ImageIO.read(out.resolve("a.png").toFile()).getWidth()).isEqualTo(15);
        assertThat(ImageIO.read(out.resolve("a.gif.png").toFile()).getWidth()).isEqualTo(20);
    }

    @Test
    void whereNothingCanBeWrittenEachPictureSaysSoAndNothingIsLeft() throws IOException {
        Drawn.file(in.resolve("a/a.png"), 40, 30);
        Drawn.file(in.resolve("b.png"), 40, 30);
        Files.createDirectories(out);
        Files.write(out.resolve("a"), new byte[1]);

        List<Outcome> outcomes = run();

        assertThat(outcomes).extracting(Outcome::reason).containsExactly("cannot_write", "");
        assertThat(written()).containsExactly("a", "b.png");
    }

    @Test
    void whatWasBegunBeforeAKillIsWrittenOver() throws IOException {
        Drawn.file(in.resolve("a.png"), 40, 30);
        Files.createDirectories(out);
        Files.write(out.resolve(".a.png.ringmain"), new byte[1000]);

        run();

        assertThat(written()).containsExactly("a.png");
        assertThat(ImageIO.read(out.resolve("a.png").toFile()).getHeight()).isEqualTo(15);
    }

    @Test
    void aPictureThatDoesNotFitIntoTheMemoryIsRefusedAndManyShareIt() throws IOException {
        for (int i = 0; i < 6; i++) {
            Drawn.file(in.resolve(i + ".png"), 100, 100);
        }
        Drawn.file(in.resolve("large.png"), 1000, 800);
        // Room for one of the small ones at a time: 8 MiB beside 12 bytes a pixel.
        Settings settings = new Settings(2, 2, Duration.ofMinutes(1), false, 9 << 20);

        List<Outcome> outcomes = run(SMALL, Limits.DEFAULT, settings);

        assertThat(outcomes.subList(0, 6)).extracting(Outcome::status).containsOnly(Status.DONE);
        assertThat(outcomes.get(6).reason()).isEqualTo("too_many_pixels");
        assertThat(outcomes.get(6).error())
                .isEqualTo("800,000 pixels need 17 MiB, and the heap can spare 9"
                        + " (expected: a smaller picture, or more memory: JAVA_TOOL_OPTIONS=-Xmx1g)");
    }

    @Test
    void manySamplesInAPixelTakeMoreMemory() throws IOException {
        Files.write(in.resolve("a.tif"), Drawn.tiff(500, 500, 200, 32));

        List<Outcome> outcomes = run();

        assertThat(outcomes.get(0).error())
                .startsWith("250,000 pixels need 199 MiB, and the heap can spare 100 (expected: a smaller picture");
    }

    @Test
    void whatIsMadeOnTheWayIsLimitedToo() throws IOException {
        Drawn.file(in.resolve("a.png"), 10, 10);

        List<Outcome> outcomes = run(
                Operation.parseAll("resize 2000x1000 exact, resize 10x10 exact"),
                new Limits(1_000_000, 1 << 20),
                settings(false));

        assertThat(outcomes.get(0).error())
                .isEqualTo("needs 2,000,000 pixels on the way (expected: at most 1,000,000)");
    }

    @Test
    void aPictureThatTakesTooLongIsGivenUp() throws IOException {
        Drawn.file(in.resolve("a.png"), 400, 400);
        Settings hasty = new Settings(1, 1, Duration.ofNanos(1000), false, 100 << 20);

        List<Outcome> outcomes = run(SMALL, Limits.DEFAULT, hasty);

        assertThat(outcomes).extracting(Outcome::reason).containsExactly("time_limit");
    }
}
