package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ImagesCommandTest {

    @TempDir
    private Path directory;

    private Path in;
    private Path out;

    @BeforeEach
    void begin() throws IOException {
        in = Files.createDirectories(directory.toRealPath().resolve("photos"));
        out = in.resolveSibling("small");
    }

    private Path picture(String name, int width, int height) throws IOException {
        Path file = in.resolve(name);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        image.setRGB(width / 2, height / 2, 0xffffff);
        ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
        return file;
    }

    private Outcome images(String... options) {
        return Outcome.of(
                Stream.concat(Stream.of("images", in.toString(), out.toString(), "--quiet"), Arrays.stream(options))
                        .toArray(String[]::new));
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
    void picturesAreResizedAndTheSecondRunHasNothingToDo() throws IOException {
        picture("a.png", 300, 200);
        picture("b.jpg", 200, 300);

        Outcome first = images("--resize", "90x60", "--blur", "0.8", "--brighten", "10", "--format", "jpg");
        Outcome second = images("--resize", "90x60", "--blur", "0.8", "--brighten", "10", "--format", "jpg");
        Outcome other = images("--blur", "0.8", "--resize", "90x60", "--brighten", "10", "--format", "jpg");

        assertThat(first.err()).matches("(?s)2 images in .* s: 2 done\\n");
        assertThat(first.code()).isZero();
        assertThat(written()).containsExactly("a.jpg", "b.jpg");
        assertThat(ImageIO.read(out.resolve("b.jpg").toFile()).getWidth()).isEqualTo(40);
        assertThat(second.err()).contains(": 0 done, 2 up to date\n");
        assertThat(other.err()).contains(": 2 done\n");
    }

    @Test
    void whatFailsIsToldAndFailsTheRunUnlessItIsKept() throws IOException {
        picture("a.png", 30, 20);
        Path broken = Files.write(in.resolve("b.png"), new byte[10]);
        String letters = directory.resolve("letters").toString();

        Outcome lost = images("--resize", "9x6");
        Outcome kept = images("--resize", "9x6", "--dead-letters", letters);

        assertThat(lost.err())
                .contains("1 done, 1 failed\n  " + broken
                        + ": not_a_picture: no picture (expected: JPEG, PNG, GIF, BMP, TIFF or WebP)\n");
        assertThat(lost.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(kept.err()).contains("0 done, 1 up to date, 1 failed\n");
        assertThat(kept.err()).contains("ringmain images: what failed is kept: ringmain dlq list " + letters + ", and");
        assertThat(kept.code()).isZero();
    }

    @Test
    void deadLettersAreShownAndTriedAgainWithoutAPlan() throws IOException {
        Path broken = Files.write(in.resolve("b.png"), new byte[10]);
        Path stillBroken = Files.write(in.resolve("c.png"), new byte[10]);
        String letters = directory.resolve("letters").toString();
        images("--resize", "9x6", "--exact", "--dead-letters", letters);
        picture("b.png", 30, 20);

        Outcome list = Outcome.of("dlq", "list", letters);
        Outcome retried = Outcome.of("dlq", "retry", letters);
        Outcome after = Outcome.of("dlq", "list", letters);

        assertThat(list.out())
                .contains("picture  not_a_picture  " + broken + " => " + out.resolve("b.png") + ": resize 9x6 exact");
        assertThat(retried.out()).contains("has failed again; there is a new letter", "2 letters, 1 done with");
        assertThat(retried.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(ImageIO.read(out.resolve("b.png").toFile()).getWidth()).isEqualTo(9);
        assertThat(after.out()).contains(stillBroken.toString()).hasLineCount(1);
    }

    @Test
    void theReportHasARecordOfEachPicture() throws IOException {
        picture("a.png", 30, 20);
        Files.write(in.resolve("b.png"), new byte[10]);
        Path report = directory.resolve("report.json");

        images("--resize", "9x6", "--report", report.toString());

        assertThat(Files.readString(report))
                .contains("\"images\": 2", "\"done\": 1", "\"failed\": 1", "\"in_flight\": 0", "\"resize 9x6 fit\": ")
                .contains("\"id\": 1", "\"status\": \"done\"", "\"duration_ms\": ", "\"width_out\": 9")
                .contains(
                        "\"id\": 2",
                        "\"status\": \"failed\"",
                        "\"reason\": \"not_a_picture\"",
                        "\"error\": \"no picture");
    }

    @Test
    void atMostTenFailuresAreShown() throws IOException {
        for (int i = 0; i < 12; i++) {
            Files.write(in.resolve(i + ".png"), new byte[0]);
        }

        assertThat(images().err())
                .contains(": empty: ", "  and 2 more; --report FILE has all\n")
                .hasLineCount(12);
    }

    @Test
    void aSignalFinishesWhatIsInHandAndLeavesNothingHalfDone() throws IOException {
        for (int i = 0; i < 300; i++) {
            picture(i + ".png", 200, 200);
        }

        // The first line of progress comes after a second.
        Outcome outcome = Outcome.signalledAfter(
                " images  ", "SIGINT", "images", in.toString(), out.toString(), "--resize", "900x900", "--blur", "9");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.err()).contains("SIGINT: finishing what is in hand", " left for the next run\n");
        assertThat(written()).isNotEmpty().allMatch(name -> name.matches("\\d+\\.png"));
        assertThat(ImageIO.read(out.resolve(written().get(0)).toFile()).getWidth())
                .isEqualTo(900);
    }

    @Test
    void theCommandsOfThePageDoWhatTheySay() throws IOException {
        picture("a.png", 900, 700);
        Files.write(in.resolve("b.jpg"), new byte[10]);
        Path letters = directory.resolve("failed");
        List<String> commands = Files.readString(Examples.ROOT.resolve("tools/README.md"))
                .lines()
                .filter(line -> line.matches("tools/bin/ringmain (images photos|dlq retry var/failed).*"))
                .map(line -> line.replaceFirst(" +#.*", "").replaceFirst("tools/bin/ringmain ", ""))
                .distinct()
                .toList();

        List<Integer> codes = new ArrayList<>();
        for (String command : commands) {
            codes.add(Outcome.of(command.replace(" photos ", " " + in + ' ')
                            .replace(" small ", " " + out + ' ')
                            .replace(
                                    "small.json",
                                    directory.resolve("small.json").toString())
                            .replace("var/failed", letters.toString())
                            .split(" ", -1))
                    .code());
        }

        // What is no picture fails each run, until it is kept, and fails again.
        assertThat(codes).containsExactly(1, 1, 1, 0, 1);
        assertThat(ImageIO.read(out.resolve("a.jpg").toFile()).getHeight()).isEqualTo(400);
        assertThat(ImageIO.read(out.resolve("a.png").toFile()).getHeight()).isEqualTo(600);
        assertThat(directory.resolve("small.json")).isNotEmptyFile();
    }

    @Test
    void whereTheResultsCannotBeIsSaidOnceAndBeforeAnythingIsDone() throws IOException {
        picture("a.png", 30, 20);
        Files.write(directory.resolve("file"), new byte[1]);
        Path dangling = Files.createSymbolicLink(directory.resolve("dangling"), directory.resolve("nowhere"));

        Outcome below = Outcome.of(
                "images", in.toString(), directory.resolve("file/small").toString());
        Outcome link = Outcome.of("images", in.toString(), dangling.toString());

        assertThat(below.err())
                .startsWith("ringmain images: OUT: " + directory.resolve("file/small") + ": cannot be made: ")
                .hasLineCount(1);
        assertThat(below.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(link.err()).contains("dangling: cannot be made: something of that name is there (expected: ");
    }

    @Test
    void theReportTakesThePlaceOfNoPicture() throws IOException {
        picture("a.png", 30, 20);
        byte[] before = Files.readAllBytes(in.resolve("a.png"));

        Outcome outcome = images("--report", in.resolve("a.png").toString());

        assertThat(outcome.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(outcome.err()).contains("a.png: is a picture that is read (expected: a file of its own)");
        assertThat(Files.readAllBytes(in.resolve("a.png"))).isEqualTo(before);
    }

    @Test
    void wrongUsageIsSaidAtOnce() throws IOException {
        picture("a.png", 30, 20);

        assertThat(images("--resize", "800", "--blur", "x", "--brighten", "-200")
                        .err())
                .contains("--resize: 800 (expected: WIDTHxHEIGHT, as 800x600)")
                .contains("--blur: x (expected: a number)")
                .contains("--brighten: -200.0 (expected: from -100 to 10000.0)");
        assertThat(images("--fill").err()).contains("--resize: missing");
        assertThat(images("--resize", "9x9", "--fill", "--exact").err()).contains("more than one");
        assertThat(images("--workers", "3..2").err())
                .contains("--workers: 3..2 (expected: auto, a number from 1 to 256, or MIN..MAX as 2..8)");
        assertThat(images("--format", "gif").err()).contains("--format: gif (expected: jpg or png");
        assertThat(images("--max-pixels", "0").err()).contains("--max-pixels: 0 (expected: >= 1)");
        assertThat(images("--format", "gif").code()).isEqualTo(ExitCodes.USAGE);
        assertThat(Outcome.of("images", in.toString(), in.toString()).err()).contains("is IN (expected: ");
        assertThat(Outcome.of("images", in.toString(), directory.toString()).err())
                .contains("holds IN (expected: ");
        assertThat(Outcome.of("images", in + "x", out.toString()).err()).contains("no such file or directory");
        assertThat(out).doesNotExist();
    }
}
