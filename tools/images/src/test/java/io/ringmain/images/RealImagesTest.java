package io.ringmain.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.images.ImageRun.Settings;
import io.ringmain.images.Outcome.Status;
import io.ringmain.images.picture.Drawn;
import io.ringmain.images.picture.Format;
import io.ringmain.images.picture.Limits;
import io.ringmain.images.picture.Operation;
import io.ringmain.spi.MemoryDeadLetters;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pictures that nobody here made, whole and damaged. */
@Tag("data")
@Timeout(120)
class RealImagesTest {

    /** What must be refused, with its reason. ImageMagick refuses the same, or warns of damage, and no others but for bytes too many. */
    private static final Map<String, String> REFUSED = table("""
            corrupt          corrupt/afl_(?!00|20).*
            not_a_picture    corrupt/afl_20.jpg
            corrupt          corrupt/(dc-predictor-overflow|invalid-dimensions|missing-sof|sharp_truncated).jpg
            corrupt          corrupt/x_.*
            empty            corrupt/empty.jpg
            too_many_pixels  corrupt/max_size.jpg
            corrupt          jpeg/(partial_progressive|progressive-missing-dc).jpg
            corrupt          pngsuite/(xc1|xd0|xd9|xhd).*
            not_a_picture    pngsuite/(xcr|xs).*
            """);

    /** How large the others are, upright, as ImageMagick says. */
    private static final Map<String, String> SIZES = table("""
            512x512    photos/(astronaut|brick|camera).png
            451x300    photos/chelsea.png
            400x300    photos/clock_motion.png
            600x400    photos/coffee.png
            384x303    photos/coins.png
            400x328    photos/horse.png
            1x1        jpeg/(16bit-qtables|mozilla_jpg-srgb-icc).jpg
            16x16      jpeg/extraneous-data.jpg
            24x16      jpeg/grayscale_24x16_sampling2x2.jpg
            1x1000     jpeg/grayscale_long.jpg
            960x720    jpeg/mjpeg.jpg
            256x256    jpeg/mozilla_jpg-cmyk-2.jpg
            32x32      jpeg/mozilla_jpg-progressive.jpg
            33x33      jpeg/restarts.jpg
            1800x1200  orientation/.*
            4x4        corrupt/afl_00.jpg
            640x480    corrupt/multiple-0xff-before-eoi.jpg
            546x340    corrupt/subtract-with-overflow.jpg
            256x256    pngsuite/PngSuite.png
            32x8       pngsuite/cdhn2c08.png
            """);

    private static final Pattern SIZE_IN_NAME = Pattern.compile(".*/s0?(\\d+)n3p.*|.*size-(\\d+)x.*");

    @TempDir
    private Path out;

    private static Map<String, String> table(String rows) {
        Map<String, String> byName = new HashMap<>();
        rows.lines().map(line -> line.split(" +", 2)).forEach(row -> byName.put(row[1], row[0]));
        return byName;
    }

    private static String value(Map<String, String> table, String file, String otherwise) {
        return table.entrySet().stream()
                .filter(row -> file.matches(row.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(otherwise);
    }

    private static String size(String file) {
        Matcher inName = SIZE_IN_NAME.matcher(file);
        String side = inName.matches() ? (inName.group(1) == null ? inName.group(2) : inName.group(1)) : "32";
        return value(SIZES, file, side + 'x' + side);
    }

    static Path in() {
        return Path.of(System.getProperty("ringmain.data"), "images");
    }

    static List<Outcome> run(Path in, Path out, String operations) throws IOException {
        PictureFiles files = PictureFiles.in(in, out, Format.PNG, Operation.parseAll(operations), Limits.DEFAULT);
        Settings settings = new Settings(1, 2, Duration.ofMinutes(1), false, 300 << 20);
        try (ImageRun run = new ImageRun(files, settings, new MemoryDeadLetters())) {
            run.pipeline().start();
            assertThat(run.pipeline().await().succeeded()).isTrue();
            return run.outcomes().all();
        }
    }

    @Test
    void eachPictureIsWrittenInItsSizeOrRefusedWithItsReason() throws IOException {
        Map<String, String> wanted = new TreeMap<>();
        Map<String, String> met = new TreeMap<>();

        for (Outcome outcome : run(in(), out, "")) {
            String file = in().toRealPath().relativize(outcome.task().in()).toString();
            String reason = value(REFUSED, file, "");
            wanted.put(file, reason.isEmpty() ? size(file) : reason);
            if (outcome.status() == Status.DONE) {
                BufferedImage image = ImageIO.read(outcome.task().out().toFile());
                met.put(file, image.getWidth() + "x" + image.getHeight());
            } else {
                met.put(file, outcome.reason());
                assertThat(outcome.error()).isNotBlank();
                assertThat(outcome.task().out()).doesNotExist();
            }
        }

        assertThat(met).isEqualTo(wanted).hasSize(155);
        try (Stream<Path> all = Files.walk(out)) {
            assertThat(all.filter(file -> String.valueOf(file.getFileName()).startsWith(".")))
                    .isEmpty();
        }
    }

    @Test
    void howeverTheCameraWasHeldTheLandscapeStandsUpright() throws IOException {
        List<Outcome> landscapes = run(in().resolve("orientation"), out, "resize 400x300 fit");
        File first = landscapes.get(1).task().out().toFile();

        assertThat(landscapes).hasSize(9).allSatisfy(landscape -> {
            BufferedImage image = ImageIO.read(landscape.task().out().toFile());
            assertThat(image.getWidth()).isEqualTo(400);
            assertThat(image.getHeight()).isEqualTo(267);
            // Each was compressed anew; a wrong turn gives less than 10.
            assertThat(Drawn.psnr(image, ImageIO.read(first))).isGreaterThan(25);
        });
    }
}
