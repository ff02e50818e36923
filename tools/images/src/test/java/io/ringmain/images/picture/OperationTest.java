package io.ringmain.images.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.images.picture.Operation.Blur;
import io.ringmain.images.picture.Operation.Brighten;
import io.ringmain.images.picture.Operation.Extent;
import io.ringmain.images.picture.Operation.Fit;
import io.ringmain.images.picture.Operation.Resize;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationTest {

    private static Picture drawn(int width, int height) throws IOException {
        return Samples.of(Drawn.image(width, height, BufferedImage.TYPE_3BYTE_BGR), null);
    }

    @ParameterizedTest
    @CsvSource({
        "FIT, 1920, 1080, 800, 450",
        "FIT, 1080, 1920, 338, 600",
        "FIT, 16, 16, 600, 600",
        "FIT, 10000, 1, 800, 1",
        "FILL, 1920, 1080, 800, 600",
        "FILL, 16, 16, 800, 600",
        "EXACT, 1920, 1080, 800, 600",
        "EXACT, 1, 1, 800, 600"
    })
    void aSizeMeansWhatTheFitSays(Fit fit, int width, int height, int columns, int rows) throws IOException {
        Resize resize = new Resize(800, 600, fit);

        Picture picture = resize.apply(drawn(width, height));
        Extent said = resize.extent(Extent.of(width, height));

        assertThat(List.of(picture.width(), picture.height())).containsExactly(columns, rows);
        assertThat(List.of(said.width(), said.height())).containsExactly(columns, rows);
    }

    @Test
    void whatFillsIsTheMiddle() throws IOException {
        // Three fields side by side; only the middle one is left.
        Picture fields = Picture.of(30, 10, false);
        for (int i = 0; i < fields.samples().length; i++) {
            fields.samples()[i] = (byte) (i % 90 / 30 * 100);
        }

        Picture middle = new Resize(4, 4, Fit.FILL).apply(fields);

        assertThat(middle.samples()[1 * middle.stride() + 4]).isBetween((byte) 95, (byte) 105);
    }

    @Test
    void aFieldOfOneColourStaysSo() throws IOException {
        Picture field = Picture.of(37, 23, false);
        Arrays.fill(field.samples(), (byte) 201);

        for (Operation operation :
                List.of(new Resize(100, 7, Fit.EXACT), new Resize(5, 90, Fit.EXACT), new Blur(0.4), new Blur(9))) {
            assertThat(operation.apply(field).samples()).containsOnly(201);
        }
    }

    /** The definition, in two dimensions and with doubles. */
    private static Picture reference(Picture from, Taps across, Taps down) throws IOException {
        Picture to = Picture.of(across.count(), down.count(), false);
        for (int y = 0; y < down.count(); y++) {
            for (int x = 0; x < across.count(); x++) {
                for (int channel = 0; channel < 3; channel++) {
                    double sum = 0;
                    for (int j = 0; j < down.weights(y).length; j++) {
                        for (int i = 0; i < across.weights(x).length; i++) {
                            int at = ((down.first(y) + j) * from.width() + across.first(x) + i) * 3 + channel;
                            sum += (double) down.weights(y)[j] * across.weights(x)[i] * (from.samples()[at] & 0xff);
                        }
                    }
                    to.samples()[(y * to.width() + x) * 3 + channel] =
                            (byte) Math.max(0, Math.min(255, Math.round(sum)));
                }
            }
        }
        return to;
    }

    @ParameterizedTest
    @CsvSource({"90, 60, 31, 17", "20, 30, 64, 64", "200, 3, 7, 9", "5, 400, 11, 2"})
    void theResultIsThatOfTheDefinition(int width, int height, int columns, int rows) throws IOException {
        Picture noise = Picture.of(width, height, false);
        new Random(42).nextBytes(noise.samples());
        Taps across = Taps.lanczos(width, columns, 0, columns);
        Taps down = Taps.lanczos(height, rows, 0, rows);

        Picture result = Convolution.of(noise, across, down);

        // Between the two passes each sample is rounded, and cut off where it overshoots.
        assertThat(Drawn.psnr(result, reference(noise, across, down))).isGreaterThan(40);
        assertThat(Drawn.psnr(
                        Convolution.of(drawn(width, height), across, down),
                        reference(drawn(width, height), across, down)))
                .isGreaterThan(48);
    }

    @Test
    void aPointIsBlurredIntoTheBellOfGauss() throws IOException {
        Picture point = Picture.of(41, 41, false);
        point.samples()[(20 * 41 + 20) * 3] = (byte) 255;

        Picture blurred = new Blur(2).apply(point);

        for (int distance = 0; distance < 5; distance++) {
            double wanted = 255 / (2 * Math.PI * 4) * Math.exp(-distance * distance / 8.0);
            assertThat((double) (blurred.samples()[(20 * 41 + 20 + distance) * 3] & 0xff))
                    .isBetween(wanted - 1, wanted + 1);
        }
    }

    @Test
    void whatIsTransparentDoesNotShineThrough() throws IOException {
        // On the left white that nobody sees, on the right black.
        Picture half = Picture.of(20, 20, true);
        for (int i = 0; i < half.samples().length; i += 4) {
            boolean left = i % 80 < 40;
            Arrays.fill(half.samples(), i, i + 4, (byte) (left ? 255 : 0));
            half.samples()[i + 3] = (byte) (left ? 0 : 255);
        }

        Picture small = new Resize(7, 7, Fit.EXACT).apply(half);

        for (int i = 0; i < small.samples().length; i += 4) {
            if ((small.samples()[i + 3] & 0xff) > 5) {
                assertThat(small.samples()[i] & 0xff).isLessThan(5);
            }
        }
    }

    @Test
    void aTenthBrighterIsATenthMoreOfTheSample() throws IOException {
        Picture picture = Picture.of(2, 1, false);
        picture.samples()[0] = 100;
        picture.samples()[3] = (byte) 250;

        new Brighten(10).apply(picture);

        assertThat(picture.samples()).containsExactly(110, 0, 0, 255, 0, 0);
        new Brighten(-50).apply(picture);
        assertThat(picture.samples()).containsExactly(55, 0, 0, 128, 0, 0);
    }

    @Test
    void brightnessLeavesAlphaAlone() throws IOException {
        Picture picture = Picture.of(1, 1, true);
        Arrays.fill(picture.samples(), (byte) 100);

        assertThat(new Brighten(50).apply(picture).samples()).containsExactly(150, 150, 150, 100);
    }

    @Test
    void operationsAreReadAsTheyAreWritten() {
        List<Operation> all = List.of(new Resize(800, 600, Fit.FILL), new Blur(0.5), new Brighten(-12.5));

        String text = Operation.text(all);

        assertThat(text).isEqualTo("resize 800x600 fill, blur 0.5, brighten -12.5");
        assertThat(Operation.parseAll(text)).isEqualTo(all);
        assertThat(Operation.parseAll("")).isEmpty();
        assertThatThrownBy(() -> Operation.parse("rotate 90"))
                .hasMessage(
                        "operation: rotate 90 (expected: resize WIDTHxHEIGHT fit|fill|exact, blur SIGMA or brighten PERCENT)");
    }

    @Test
    void thePictureBetweenTheTwoPassesCountsToo() {
        assertThat(new Resize(10_000, 100, Fit.EXACT)
                        .extent(Extent.of(100, 10_000))
                        .pixelsMost())
                .isEqualTo(1_000_000);
        assertThat(new Resize(100, 10_000, Fit.EXACT)
                        .extent(Extent.of(10_000, 100))
                        .pixelsMost())
                .isEqualTo(100_000_000);
    }

    @Test
    void sizesThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> Operation.resize("800", Fit.FIT))
                .hasMessage("resize: 800 (expected: WIDTHxHEIGHT, as 800x600)");
        assertThatThrownBy(() -> Operation.resize("0x600", Fit.FIT)).hasMessageContaining("from 1 to 65500");
        assertThatThrownBy(() -> new Blur(Double.NaN)).hasMessageContaining("more than 0");
        assertThatThrownBy(() -> new Brighten(-101)).hasMessageContaining("from -100");
    }
}
