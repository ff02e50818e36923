package io.ringmain.images.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PictureReaderTest {

    /** 16 x 8, red above and blue below. Java has no writer of WebP. */
    private static final String WEBP =
            "UklGRkgAAABXRUJQVlA4IDwAAAAwAgCdASoQAAgAAoBCJagCdGuA/gAFu1l5iAD+8sM6YzG/0jwG1fceJL5//s4H8df/xxP7/uIvZtEAAAA=";

    /** The same in the colours of print. */
    private static final String CMYK_JPEG =
            "/9j/7gAOQWRvYmUAZAAAAAAC/9sAQwAQCwwODAoQDg0OEhEQExgoGhgWFhgxIyUdKDozPTw5Mzg3QEhcTkBEV0U3OFBtUVdfYmdoZz5NcXlwZHhcZWdj/9sAQwEREhIYFRgvGhovY0I4QmNjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2Nj/8AAFAgACAAQBAEiAAIRAQMRAQQiAP/EABYAAQEBAAAAAAAAAAAAAAAAAAAFBv/EABgQAQADAQAAAAAAAAAAAAAAAAAEFCVh/8QAFQEBAQAAAAAAAAAAAAAAAAAABAb/xAAaEQACAgMAAAAAAAAAAAAAAAAABAEVUVKR/9oADgQBAAIRAxEEAAA/ALtSRwqSOAlbNrcDVLYnppNc1wf/2Q==";

    @TempDir
    private Path directory;

    private Picture read(byte[] file) throws IOException {
        try (PictureReader reader = PictureReader.of(Files.write(directory.resolve("picture"), file), Limits.DEFAULT)) {
            return reader.read();
        }
    }

    private static int red(Picture picture, int x, int y) {
        return picture.samples()[(y * picture.width() + x) * picture.channels()] & 0xff;
    }

    private static int blue(Picture picture, int x, int y) {
        return picture.samples()[(y * picture.width() + x) * picture.channels() + 2] & 0xff;
    }

    @ParameterizedTest
    @CsvSource({"png, 60", "bmp, 60", "tiff, 60", "jpeg, 33", "gif, 25"})
    void eachFormatIsReadForWhatItIsWhateverItsNameSays(String format, double psnrMin) throws IOException {
        BufferedImage image = Drawn.image(97, 41, BufferedImage.TYPE_3BYTE_BGR);

        Picture picture = read(Drawn.bytes(image, format));

        assertThat(picture.width()).isEqualTo(97);
        assertThat(picture.height()).isEqualTo(41);
        assertThat(Drawn.psnr(picture, Samples.of(image, null))).isGreaterThan(psnrMin);
    }

    @Test
    void webpAndTheColoursOfPrintAreRead() throws IOException {
        for (String file : new String[] {WEBP, CMYK_JPEG}) {
            Picture picture = read(Base64.getDecoder().decode(file));

            assertThat(picture.width()).isEqualTo(16);
            assertThat(picture.height()).isEqualTo(8);
            assertThat(red(picture, 8, 0)).isGreaterThan(180).isGreaterThan(100 + blue(picture, 8, 0));
            assertThat(blue(picture, 8, 7)).isGreaterThan(100 + red(picture, 8, 7));
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_BYTE_GRAY,
                BufferedImage.TYPE_USHORT_GRAY,
                BufferedImage.TYPE_BYTE_BINARY,
                BufferedImage.TYPE_BYTE_INDEXED,
                BufferedImage.TYPE_INT_RGB
            })
    void anyKindOfSamplesIsRead(int type) throws IOException {
        BufferedImage image = new BufferedImage(6, 1, type);
        // As numbers, since Java takes its grey for light.
        int most = type == BufferedImage.TYPE_BYTE_INDEXED
                ? 255
                : (1 << Math.min(16, image.getSampleModel().getSampleSize(0))) - 1;
        for (int band = 0; band < image.getRaster().getNumBands(); band++) {
            image.getRaster().setSample(5, 0, band, most);
        }

        Picture picture = read(Drawn.bytes(image, "png"));

        assertThat(red(picture, 0, 0)).isZero();
        assertThat(blue(picture, 5, 0)).isEqualTo(image.getRGB(5, 0) & 0xff).isGreaterThan(250);
    }

    @Test
    void greyStaysAsLightAsItIsStored() throws IOException {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(0, 0, 0, 100);

        assertThat(red(read(Drawn.bytes(image, "png")), 0, 0)).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void aPictureComesOutUpright(int orientation) throws IOException {
        Picture upright = Samples.of(Drawn.image(64, 32, BufferedImage.TYPE_3BYTE_BGR), null);
        // To hold it so, it is turned the other way: 6 and 8 undo each other, all others themselves.
        int undone = orientation == 6 ? 8 : orientation == 8 ? 6 : orientation;
        byte[] file = Drawn.oriented(Drawn.bytes(upright.upright(undone).image(), "jpeg"), orientation);

        Picture picture = read(file);

        assertThat(picture.width()).isEqualTo(64);
        assertThat(picture.height()).isEqualTo(32);
        assertThat(Drawn.psnr(picture, upright)).isGreaterThan(30);
    }

    @Test
    void turningByAQuarterPutsTheLowerLeftCornerToTheUpperLeft() throws IOException {
        Picture picture = Picture.of(3, 2, false);
        picture.samples()[1 * picture.stride()] = 77;

        Picture turned = picture.upright(6);

        assertThat(turned.width()).isEqualTo(2);
        assertThat(turned.samples()[0]).isEqualTo((byte) 77);
    }

    @Test
    void theProfileOfAPngFileIsApplied() throws IOException {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR);
        image.setRGB(0, 0, 0xff808080);
        byte[] plain = Drawn.bytes(image, "png");
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.write(new byte[] {'x', 0, 0});
        try (DeflaterOutputStream packed = new DeflaterOutputStream(data)) {
            packed.write(ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData());
        }
        byte[] profile = Drawn.chunk("iCCP", data.toByteArray());
        byte[] file = ByteBuffer.allocate(plain.length + profile.length)
                .put(plain, 0, 33)
                .put(profile)
                .put(plain, 33, plain.length - 33)
                .array();

        // Half of the light is a sample of 188.
        assertThat(red(read(plain), 0, 0)).isEqualTo(128);
        assertThat(red(read(file), 0, 0)).isBetween(186, 190);
    }

    @Test
    void aBombIsRefusedByItsHeader() {
        byte[] header = Drawn.chunk(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(50_000)
                        .putInt(40_000)
                        .put((byte) 8)
                        .put((byte) 2)
                        .array());
        byte[] file = ByteBuffer.allocate(8 + header.length + 24)
                .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'})
                .put(header)
                .put(Drawn.chunk("IDAT", new byte[0]))
                .put(Drawn.chunk("IEND", new byte[0]))
                .array();

        assertThatThrownBy(() -> read(file))
                .isInstanceOfSatisfying(
                        PictureException.class, e -> assertThat(e.reason()).isEqualTo("too_many_pixels"))
                .hasMessage(
                        "its header says 50000 x 40000 pixels (expected: at most 100,000,000, no side longer than 65,535)");
    }

    @Test
    void aTileThatIsMuchLargerThanItsPictureIsRefused() {
        byte[] file = Drawn.tiff(10, 10, 3, 8, 322, 60_000, 323, 11_000, 324, 8, 325, 100);

        assertThatThrownBy(() -> read(file))
                .isInstanceOfSatisfying(
                        PictureException.class, e -> assertThat(e.reason()).isEqualTo("too_many_pixels"))
                .hasMessage("its header says tiles of 60000 x 11000 pixels"
                        + " (expected: no more than the picture has, or 1,048,576)");
    }

    @Test
    void aNameThatIsNoTextIsSaid() throws IOException {
        Path file = Files.write(Path.of(URI.create(directory.toUri() + "b%FF.png")), new byte[] {1});

        assertThatThrownBy(() -> PictureReader.of(file, Limits.DEFAULT))
                .isInstanceOfSatisfying(
                        PictureException.class, e -> assertThat(e.reason()).isEqualTo("cannot_read"))
                .hasMessageStartingWith("cannot be opened (expected: a name in the encoding of the locale");
    }

    @Test
    void aFileThatIsTooLargeIsNotOpened() throws IOException {
        Path file = Files.write(directory.resolve("large.png"), new byte[1001]);

        assertThatThrownBy(() -> PictureReader.of(file, new Limits(1, 1000)))
                .isInstanceOfSatisfying(
                        PictureException.class, e -> assertThat(e.reason()).isEqualTo("too_many_bytes"))
                .hasMessage("1,001 bytes (expected: at most 1,000)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png", "gif", "bmp", "tiff"})
    void aFileThatEndsTooEarlyIsNoGreyPicture(String format) throws IOException {
        byte[] whole = Drawn.bytes(Drawn.image(200, 100, BufferedImage.TYPE_3BYTE_BGR), format);

        for (int share = 1; share < 10; share++) {
            byte[] part = Arrays.copyOf(whole, whole.length * share / 10);
            assertThatThrownBy(() -> read(part)).as("%d of 10", share).isInstanceOf(PictureException.class);
        }
    }

    @Test
    void aFlippedBitOfAPngFileIsFound() throws IOException {
        byte[] file = Drawn.bytes(Drawn.image(20, 10, BufferedImage.TYPE_3BYTE_BGR), "png");
        file[60] ^= 4;

        assertThatThrownBy(() -> read(file))
                .isInstanceOfSatisfying(
                        PictureException.class, e -> assertThat(e.reason()).isEqualTo("corrupt"))
                .hasMessage("damaged: the sum of chunk IDAT is wrong");
    }

    @Test
    void whatIsNoPictureIsRefused() {
        assertThatThrownBy(() -> read("#!/bin/sh\necho hello\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .isInstanceOfSatisfying(
                        PictureException.class, e -> assertThat(e.reason()).isEqualTo("not_a_picture"));
        assertThatThrownBy(() -> read(new byte[0]))
                .isInstanceOfSatisfying(
                        PictureException.class, e -> assertThat(e.reason()).isEqualTo("empty"));
    }
}
