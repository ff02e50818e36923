package io.ringmain.images.picture;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes pictures of what decoders give: any number of bits, grey, a palette, colours of a profile. */
final class Samples {

    private static final float BYTE = 255f;

    /** How many rows have their colours changed at a time. */
    private static final int ROWS = 64;

    private Samples() {}

    /**
     * Returns the picture in {@code image}, which belongs to it from now on.
     *
     * @param colours what the samples mean, where the image does not know it itself
     */
    static Picture of(BufferedImage image, @Nullable ColorSpace colours) throws PictureException {
        ColorModel model = image.getColorModel();
        ColorSpace space = colours == null ? model.getColorSpace() : colours;
        if (model instanceof IndexColorModel palette) {
            return ofPalette(image, palette, colours);
        }
        if (space instanceof ICC_ColorSpace profile && !space.isCS_sRGB() && !isGrey(space)) {
            return converted(image, profile);
        }
        byte[] samples = borrowed(image);
        return samples == null
                ? copied(image)
                : new Picture(image.getWidth(), image.getHeight(), model.hasAlpha(), samples);
    }

    /** Grey of Java's own space is that of the file: as a curve of light it would come out too bright. */
    private static boolean isGrey(ColorSpace space) {
        return space.getType() == ColorSpace.TYPE_GRAY;
    }

    /** The samples of an image that has them as a picture has; null if not. */
    private static byte @Nullable [] borrowed(BufferedImage image) {
        Raster raster = image.getRaster();
        int channels = image.getColorModel().hasAlpha() ? 4 : 3;
        boolean isInterleaved = raster.getDataBuffer() instanceof DataBufferByte
                && raster.getParent() == null
                && image.getColorModel() instanceof ComponentColorModel colours
                && !colours.isAlphaPremultiplied()
                && raster.getSampleModel() instanceof ComponentSampleModel model
                && model.getNumBands() == channels
                && model.getPixelStride() == channels
                && model.getScanlineStride() == raster.getWidth() * channels;
        if (!isInterleaved) {
            return null;
        }
        byte[] samples = ((DataBufferByte) raster.getDataBuffer()).getData();
        int[] places = ((ComponentSampleModel) raster.getSampleModel()).getBandOffsets();
        boolean isWhole = samples.length == (long) raster.getWidth() * raster.getHeight() * channels;
        boolean isReversed = isCounted(places, channels - 1, -1);
        if (!isWhole || !(isReversed || isCounted(places, 0, 1))) {
            return null;
        }
        if (isReversed) {
            reverse(samples, channels);
        }
        return samples;
    }

    private static boolean isCounted(int[] places, int first, int step) {
        return IntStream.range(0, places.length).allMatch(i -> places[i] == first + i * step);
    }

    private static void reverse(byte[] samples, int channels) {
        for (int low = 0; low < samples.length; low += channels) {
            for (int i = 0; i < channels / 2; i++) {
                int high = low + channels - 1 - i;
                byte sample = samples[low + i];
                samples[low + i] = samples[high];
                samples[high] = sample;
            }
        }
    }

    private static Picture ofPalette(BufferedImage image, IndexColorModel palette, @Nullable ColorSpace colours)
            throws PictureException {
        int[] argb = new int[1 << Math.min(16, palette.getPixelSize())];
        for (int i = 0; i < argb.length; i++) {
            // A number beyond the palette is that of no colour; most decoders take black.
            argb[i] = i < palette.getMapSize() ? palette.getRGB(i) : 0xff000000;
        }
        if (colours != null && !colours.isCS_sRGB()) {
            for (int i = 0; i < argb.length; i++) {
                float[] srgb = colours.toRGB(
                        new float[] {part(argb[i], 16) / BYTE, part(argb[i], 8) / BYTE, part(argb[i], 0) / BYTE});
                argb[i] = (argb[i] & 0xff000000)
                        | (Math.round(srgb[0] * BYTE) << 16)
                        | (Math.round(srgb[1] * BYTE) << 8)
                        | Math.round(srgb[2] * BYTE);
            }
        }
        Picture to = Picture.of(image.getWidth(), image.getHeight(), palette.hasAlpha());
        byte[] out = to.samples();
        int[] row = new int[image.getWidth()];
        int at = 0;
        for (int y = 0; y < to.height(); y++) {
            image.getRaster().getSamples(0, y, row.length, 1, 0, row);
            for (int index : row) {
                int colour = argb[index & (argb.length - 1)];
                out[at++] = (byte) (colour >> 16);
                out[at++] = (byte) (colour >> 8);
                out[at++] = (byte) colour;
                if (to.hasAlpha()) {
                    out[at++] = (byte) (colour >>> 24);
                }
            }
        }
        return to;
    }

    private static int part(int argb, int shift) {
        return (argb >> shift) & 0xff;
    }

    /** Copies samples that mean sRGB, or grey, of any number of bits. */
    private static Picture copied(BufferedImage image) throws PictureException {
        Raster raster = image.getRaster();
        ColorModel model = image.getColorModel();
        int bands = raster.getNumBands();
        int colours = model.getNumColorComponents();
        if (colours != 1 && colours != 3) {
            throw new PictureException("corrupt", "its pixels have " + colours + " colours (expected: 1 or 3)");
        }
        Picture to = Picture.of(image.getWidth(), image.getHeight(), model.hasAlpha() && bands == colours + 1);
        byte[] out = to.samples();
        int[] row = new int[to.width() * bands];
        float[] scale = scale(raster);
        int at = 0;
        for (int y = 0; y < to.height(); y++) {
            raster.getPixels(0, y, to.width(), 1, row);
            for (int x = 0; x < row.length; x += bands) {
                // Of grey all three are the one there is.
                out[at++] = sample(row[x], scale[0]);
                out[at++] = sample(row[x + colours / 2], scale[colours / 2]);
                out[at++] = sample(row[x + colours - 1], scale[colours - 1]);
                if (to.hasAlpha()) {
                    out[at++] = sample(row[x + colours], scale[colours]);
                }
            }
        }
        return to;
    }

    private static float[] scale(Raster raster) {
        float[] scale = new float[raster.getNumBands()];
        for (int band = 0; band < scale.length; band++) {
            scale[band] = BYTE / ((1L << Math.min(raster.getSampleModel().getSampleSize(band), 32)) - 1);
        }
        return scale;
    }

    private static byte sample(int value, float scale) {
        return (byte) (int) ((value & 0xffffffffL) * scale + 0.5f);
    }

    /** Copies samples whose colours a profile tells, some rows at a time. */
    private static Picture converted(BufferedImage image, ICC_ColorSpace space) throws PictureException {
        Raster raster = image.getRaster();
        int colours = space.getNumComponents();
        int[] bands = IntStream.range(0, colours).toArray();
        ICC_Profile srgb = ICC_Profile.getInstance(ColorSpace.CS_sRGB);
        ColorConvertOp op = new ColorConvertOp(new ICC_Profile[] {space.getProfile(), srgb}, null);
        Picture to = Picture.of(
                image.getWidth(), image.getHeight(), image.getColorModel().hasAlpha());
        byte[] out = to.samples();
        float[] scale = scale(raster);
        WritableRaster strip = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, to.width(), ROWS, 3, null);
        int[] row = new int[to.width()];
        int at = 0;
        for (int y = 0; y < to.height(); y += ROWS) {
            int rows = Math.min(ROWS, to.height() - y);
            WritableRaster some = strip.createWritableChild(0, 0, to.width(), rows, 0, 0, null);
            op.filter(raster.createChild(raster.getMinX(), raster.getMinY() + y, to.width(), rows, 0, 0, bands), some);
            byte[] rgb = ((DataBufferByte) strip.getDataBuffer()).getData();
            for (int i = 0; i < to.width() * rows; i++) {
                out[at++] = rgb[3 * i];
                out[at++] = rgb[3 * i + 1];
                out[at++] = rgb[3 * i + 2];
                if (to.hasAlpha()) {
                    if (i % to.width() == 0) {
                        raster.getSamples(0, y + i / to.width(), to.width(), 1, colours, row);
                    }
                    out[at++] = sample(row[i % to.width()], scale[colours]);
                }
            }
        }
        return to;
    }
}
