package io.ringmain.images.picture;

import com.twelvemonkeys.imageio.stream.BufferedFileImageInputStreamSpi;
import io.ringmain.spi.FailureKind;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads one picture from a file: JPEG, PNG, GIF (its first), BMP, TIFF (its first) or WebP, whatever the file is called. It comes out upright and in
 * sRGB.
 *
 * <p>The size is read first, and nothing is decoded if it is too large. What a decoder says about damage is a failure, not a grey picture: only what costs no
 * pixel passes.
 *
 * <p>Thread: one.
 */
public final class PictureReader implements AutoCloseable {

    /** So much memory is taken for each pixel of all but few pictures while they are read, turned and changed: samples of 16 bits, and what is made of them. */
    private static final int BYTES_PER_PIXEL = 12;

    /** What is made of a pixel: four samples of 8 bits. */
    private static final int BYTES_MADE = 4;

    /** The largest tile of a picture that is smaller itself: {@value}. */
    private static final long TILE_MAX = 1 << 20;

    private static final Set<String> FORMATS = Set.of("jpeg", "png", "gif", "bmp", "tiff", "tif", "webp", "wbmp");

    /** What decoders say of files of which each pixel can be read. */
    private static final List<String> HARMLESS = List.of(
            "extraneous bytes before marker",
            "16 bit DQT encountered",
            "Unknown Adobe color transform",
            "Inconsistent metadata",
            "color profile",
            "ICC");

    private final ImageReader reader;
    private final ImageInputStream stream;
    private final String format;
    private int width;
    private int height;
    private int bytesPerPixel;
    private int orientation;
    private @Nullable ICC_Profile profile;

    private PictureReader(ImageReader reader, ImageInputStream stream) throws IOException {
        this.reader = reader;
        this.stream = stream;
        format = reader.getFormatName().toLowerCase(Locale.ROOT);
    }

    /**
     * Opens a file and reads its header.
     *
     * @throws PictureException if it is none of a picture, or claims more than {@code limits} allow
     */
    public static PictureReader of(Path file, Limits limits) throws PictureException {
        ImageInputStream stream = stream(file, limits);
        PictureReader made = null;
        boolean isRight = false;
        try {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new PictureException("not_a_picture", "no picture (expected: JPEG, PNG, GIF, BMP, TIFF or WebP)");
            }
            made = new PictureReader(readers.next(), stream);
            made.readBeside();
            made.readSize(limits);
            isRight = true;
            return made;
        } catch (PictureException known) {
            throw known;
        } catch (IOException | RuntimeException failure) {
            throw corrupt(failure);
        } finally {
            if (!isRight) {
                close(made == null ? null : made.reader, stream);
            }
        }
    }

    private static ImageInputStream stream(Path file, Limits limits) throws PictureException {
        try {
            long bytes = Files.size(file);
            if (bytes == 0) {
                throw new PictureException("empty", "empty file (expected: a picture)");
            }
            if (bytes > limits.bytesMax()) {
                throw new PictureException(
                        "too_many_bytes",
                        String.format(Locale.ROOT, "%,d bytes (expected: at most %,d)", bytes, limits.bytesMax()));
            }
            ImageInputStream opened =
                    new BufferedFileImageInputStreamSpi().createInputStreamInstance(file.toFile(), false, null);
            if (opened == null) {
                // It is there, but not under the name that a File has of it.
                throw new PictureException(
                        "cannot_read",
                        "cannot be opened (expected: a name in the encoding of the locale; rename it, or set LC_ALL)");
            }
            return opened;
        } catch (PictureException known) {
            throw known;
        } catch (IOException failure) {
            throw new PictureException("cannot_read", "cannot be read: " + FailureKind.words(failure), failure);
        }
    }

    /** What stands beside the pixels. It is read first: decoders let go of what lies behind them. */
    private void readBeside() throws IOException {
        orientation = Orientation.of(format, stream);
        if (format.equals("png")) {
            PngChunks.check(stream);
            profile = PngChunks.profile(stream);
        }
        stream.seek(0);
        stream.setByteOrder(ByteOrder.BIG_ENDIAN);
    }

    private void readSize(Limits limits) throws PictureException {
        if (!FORMATS.contains(format)) {
            throw new PictureException(
                    "not_a_picture", "a file of format " + format + " (expected: JPEG, PNG, GIF, BMP, TIFF or WebP)");
        }
        try {
            reader.setInput(stream, false, true);
            width = reader.getWidth(0);
            height = reader.getHeight(0);
            checkTiles();
            int bits = reader.getImageTypes(0).next().getColorModel().getPixelSize();
            bytesPerPixel = Math.max(BYTES_PER_PIXEL, bits / Byte.SIZE + BYTES_MADE);
        } catch (PictureException known) {
            throw known;
        } catch (IOException | RuntimeException failure) {
            throw corrupt(failure);
        }
        if (width < 1 || height < 1) {
            throw new PictureException("corrupt", "its header says " + width + " x " + height + " pixels");
        }
        if (pixels() > limits.pixelsMax() || Math.max(width, height) > Limits.SIDE_MAX) {
            throw new PictureException(
                    "too_many_pixels",
                    String.format(
                            Locale.ROOT,
                            "its header says %d x %d pixels (expected: at most %,d, no side longer than %,d)",
                            width,
                            height,
                            limits.pixelsMax(),
                            Limits.SIDE_MAX));
        }
    }

    /** Decoders take memory for a whole tile, however little of it is in the picture. */
    private void checkTiles() throws IOException {
        if (!reader.isImageTiled(0)) {
            return;
        }
        int columns = reader.getTileWidth(0);
        int rows = reader.getTileHeight(0);
        if (columns < 1 || rows < 1) {
            throw new PictureException("corrupt", "its header says tiles of " + columns + " x " + rows + " pixels");
        }
        if ((long) columns * rows > Math.max(TILE_MAX, pixels())) {
            throw new PictureException(
                    "too_many_pixels",
                    String.format(
                            Locale.ROOT,
                            "its header says tiles of %d x %d pixels (expected: no more than the picture has, or %,d)",
                            columns,
                            rows,
                            TILE_MAX));
        }
    }

    private long pixels() {
        return (long) width * height;
    }

    /** The size of the picture that {@link #read} will give. */
    public Operation.Extent extent() {
        boolean lies = orientation >= 5 && orientation <= 8;
        return lies ? Operation.Extent.of(height, width) : Operation.Extent.of(width, height);
    }

    /** How much memory each pixel takes at most while the picture is read, turned and changed. */
    public int bytesPerPixel() {
        return bytesPerPixel;
    }

    /** Decodes the picture. Called once. */
    public Picture read() throws PictureException {
        Warnings warnings = new Warnings();
        try {
            reader.addIIOReadWarningListener(warnings);
            BufferedImage image = reader.read(0, param());
            if (warnings.first != null) {
                throw new PictureException("corrupt", warnings.first);
            }
            if (image.getWidth() != width || image.getHeight() != height) {
                throw new PictureException(
                        "corrupt",
                        "it has other pixels than its header says: " + image.getWidth() + " x " + image.getHeight()
                                + " (expected: " + width + " x " + height + ')');
            }
            return Samples.of(image, profile == null ? null : colours(profile, image))
                    .upright(orientation);
        } catch (PictureException known) {
            throw known;
        } catch (IOException | RuntimeException failure) {
            // Decoders meet what they did not expect with all kinds of exceptions, and some of them with an error.
            throw corrupt(failure);
        }
    }

    /** What a JPEG would give with blue first goes into a picture of ours instead, which is quicker. */
    private ImageReadParam param() throws IOException, PictureException {
        ImageReadParam param = reader.getDefaultReadParam();
        if (format.equals("jpeg")
                && reader.getImageTypes(0).next().getBufferedImageType() == BufferedImage.TYPE_3BYTE_BGR) {
            param.setDestination(Picture.of(width, height, false).image());
        }
        return param;
    }

    /** The colours of the profile that a file has beside its samples; null where it is not about such samples. */
    private static @Nullable ColorSpace colours(ICC_Profile profile, BufferedImage image) {
        try {
            ColorSpace space = new ICC_ColorSpace(profile);
            return space.getNumComponents() == image.getColorModel().getNumColorComponents() ? space : null;
        } catch (IllegalArgumentException | CMMException unusable) {
            return null;
        }
    }

    private static PictureException corrupt(Exception failure) {
        String said = failure.getMessage();
        boolean isShort = failure instanceof EOFException
                || failure.getCause() instanceof EOFException
                || (said != null && said.contains("end of stream"));
        String what = isShort
                ? "it ends too early"
                : said == null ? failure.getClass().getSimpleName() : said;
        return new PictureException("corrupt", "cannot be decoded: " + what, failure);
    }

    @Override
    public void close() {
        close(reader, stream);
    }

    private static void close(@Nullable ImageReader reader, ImageInputStream stream) {
        if (reader != null) {
            reader.dispose();
        }
        try {
            stream.close();
        } catch (IOException onlyRead) {
            // What was read was read.
        }
    }

    /** Remembers the first warning of damage. */
    private static final class Warnings implements IIOReadWarningListener {

        private @Nullable String first;

        @Override
        public void warningOccurred(ImageReader source, String warning) {
            if (first == null && HARMLESS.stream().noneMatch(warning::contains)) {
                first = "damaged: " + warning;
            }
        }
    }
}
