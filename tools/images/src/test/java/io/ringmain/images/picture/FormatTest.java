package io.ringmain.images.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FormatTest {

    @TempDir
    private Path directory;

    private Path written(Format format, Picture picture, String note) throws IOException {
        Path file = directory.resolve("x");
        try (OutputStream out = Files.newOutputStream(file)) {
            format.write(picture, note, out);
        }
        return file;
    }

    @ParameterizedTest
    @EnumSource
    void aFileHasThePictureAndItsComment(Format format) throws IOException {
        Picture picture = Samples.of(Drawn.image(50, 40, BufferedImage.TYPE_3BYTE_BGR), null);

        Path file = written(format, picture, "blur 2.0");

        assertThat(Format.isNoted(file, "blur 2.0")).isTrue();
        assertThat(Format.isNoted(file, "blur 2")).isFalse();
        assertThat(Format.isNoted(file, "blur 2.05")).isFalse();
        try (PictureReader reader = PictureReader.of(file, Limits.DEFAULT)) {
            assertThat(Drawn.psnr(reader.read(), picture)).isGreaterThan(30);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsTransparentIsKeptOrWhite(Format format) throws IOException {
        Picture picture = Picture.of(8, 8, true);

        Path file = written(format, picture, "");

        try (PictureReader reader = PictureReader.of(file, Limits.DEFAULT)) {
            Picture read = reader.read();
            byte[] wanted = new byte[8 * 8 * (format == Format.PNG ? 4 : 3)];
            Arrays.fill(wanted, (byte) (format == Format.PNG ? 0 : 255));
            assertThat(read.samples()).isEqualTo(wanted);
        }
    }
}
