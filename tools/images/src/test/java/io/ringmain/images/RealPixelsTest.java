package io.ringmain.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.images.Outcome.Status;
import io.ringmain.kit.Programs;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pictures that nobody here made come out as ImageMagick makes them, where it is there. */
@Tag("data")
@Timeout(300)
class RealPixelsTest {

    private static final double DECIBELS_MIN = 50;

    /** Progressive, and damaged: libjpeg smooths between blocks of which the last scans are missing, and Java does not. */
    private static final Map<String, Double> LESS = Map.of("corrupt/subtract-with-overflow.jpg", 35.0);

    private static final int PROCESSES_MAX = 2;

    @TempDir
    private Path out;

    /** By a name that no other program has, too. */
    private static boolean isMagickThere() {
        return Programs.isThere("convert") && Programs.isThere("identify");
    }

    @Test
    void eachPictureGetsItsSizeAsByImageMagick() throws Exception {
        if (isMagickThere()) {
            Map<String, Double> psnrs = psnrs(RealImagesTest.in(), "resize 400x300 fit", "-resize 400x300");

            assertThat(psnrs).hasSize(117);
            assertAlike(psnrs);
        }
    }

    @Test
    void photosAreBlurredAndMadeBrighterAsByImageMagick() throws Exception {
        if (isMagickThere()) {
            Path photos = RealImagesTest.in().resolve("photos");
            Map<String, Double> psnrs = psnrs(
                    photos,
                    "resize 400x300 fit, blur 2.0, brighten 10.0",
                    "-resize 400x300 -blur 0x2 -evaluate multiply 1.1");

            assertThat(psnrs).hasSize(8);
            assertAlike(psnrs);
        }
    }

    private static void assertAlike(Map<String, Double> psnrs) {
        psnrs.forEach((file, psnr) -> assertThat(psnr).as(file).isGreaterThan(LESS.getOrDefault(file, DECIBELS_MIN)));
    }

    /** How alike each picture under {@code in} comes out of both, in decibels. */
    private Map<String, Double> psnrs(Path in, String operations, String options) throws Exception {
        List<Outcome> done = RealImagesTest.run(in, out.resolve("ours"), operations).stream()
                .filter(outcome -> outcome.status() == Status.DONE)
                .toList();
        Queue<Process> running = new ArrayDeque<>();
        for (int i = 0; i < done.size(); i++) {
            if (running.size() == PROCESSES_MAX) {
                assertDone(running.remove());
            }
            running.add(convert(done.get(i).task().in(), options, theirs(i)));
        }
        running.forEach(RealPixelsTest::assertDone);
        Map<String, Double> psnrs = new TreeMap<>();
        for (int i = 0; i < done.size(); i++) {
            String file = RealImagesTest.in()
                    .toRealPath()
                    .relativize(done.get(i).task().in())
                    .toString();
            BufferedImage ours = ImageIO.read(done.get(i).task().out().toFile());
            psnrs.put(file, psnr(file, ours, ImageIO.read(theirs(i).toFile())));
        }
        return psnrs;
    }

    private Path theirs(int number) {
        return out.resolve(number + ".png");
    }

    /** Starts ImageMagick. Its results have eight bits and an alpha. */
    private static Process convert(Path from, String options, Path to) throws IOException {
        List<String> command = new ArrayList<>(List.of("convert", "-quiet", from + "[0]", "-auto-orient"));
        // What a PNG says of its gamma is left out, as ours does; colours of print are changed first.
        command.addAll(
                from.toString().endsWith(".png")
                        ? List.of("-set", "colorspace", "sRGB")
                        : List.of("-colorspace", "sRGB"));
        // What becomes larger, or has a palette or an alpha, would have a softer filter.
        command.addAll(List.of("-filter", "Lanczos"));
        command.addAll(List.of(options.split(" ", -1)));
        command.add("PNG32:" + to);
        return new ProcessBuilder(command).inheritIO().start();
    }

    private static void assertDone(Process process) {
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
        assertThat(process.exitValue()).as(process.info().toString()).isZero();
    }

    /** What is transparent has no colour, so colours count as much as one sees of them. */
    private static double psnr(String file, BufferedImage one, BufferedImage other) {
        assertThat(other.getWidth() + "x" + other.getHeight())
                .as(file)
                .isEqualTo(one.getWidth() + "x" + one.getHeight());
        double sum = 0;
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                int left = one.getRGB(x, y);
                int right = other.getRGB(x, y);
                for (int shift = 0; shift <= 24; shift += 8) {
                    double difference = seen(left, shift) - seen(right, shift);
                    sum += difference * difference;
                }
            }
        }
        int samples = one.getWidth() * one.getHeight() * (one.getColorModel().hasAlpha() ? 4 : 3);
        return 10 * Math.log10(255 * 255 / (sum / samples));
    }

    private static double seen(int argb, int shift) {
        int sample = (argb >>> shift) & 0xff;
        return shift == 24 ? sample : sample * (argb >>> 24) / 255.0;
    }
}
