package io.ringmain.images.picture;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;

/**
 * A picture in sRGB with eight bits a sample, not multiplied by its alpha. A pixel is red, green, blue, and alpha if there is any: in that order decoders and encoders of
 * JPEG copy whole rows, in that of {@link BufferedImage#TYPE_3BYTE_BGR} sample by sample, which takes half as long again.
 *
 * <p>Ownership: whoever has the picture, has the samples.
 */
public final class Picture {

    private final int width;
    private final int height;
    private final boolean alpha;
    private final byte[] samples;

    Picture(int width, int height, boolean alpha, byte[] samples) {
        this.width = width;
        this.height = height;
        this.alpha = alpha;
        this.samples = samples;
    }

    /** Makes a picture of which all samples are 0. */
    static Picture of(int width, int height, boolean alpha) throws PictureException {
        long bytes = (long) width * height * (alpha ? 4 : 3);
        if (bytes > Limits.BYTES_MAX) {
            throw new PictureException(
                    "too_many_pixels", width + " x " + height + " pixels do not fit into one array (expected: fewer)");
        }
        return new Picture(width, height, alpha, new byte[(int) bytes]);
    }

    /** How many columns there are. */
    public int width() {
        return width;
    }

    /** How many rows there are. */
    public int height() {
        return height;
    }

    /** Whether it has an alpha channel. */
    public boolean hasAlpha() {
        return alpha;
    }

    /** How many samples a pixel has. */
    int channels() {
        return alpha ? 4 : 3;
    }

    /** How many samples a row has. */
    int stride() {
        return width * channels();
    }

    byte[] samples() {
        return samples;
    }

    /** The same samples as Java's own picture. */
    BufferedImage image() {
        int[] offsets = alpha ? new int[] {0, 1, 2, 3} : new int[] {0, 1, 2};
        var raster = Raster.createInterleavedRaster(
                new DataBufferByte(samples, samples.length), width, height, stride(), channels(), offsets, null);
        var colours = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB),
                alpha,
                false,
                alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
                DataBuffer.TYPE_BYTE);
        return new BufferedImage(colours, raster, false, null);
    }

    /** The picture on white where it is transparent. */
    Picture opaque() throws PictureException {
        if (!alpha) {
            return this;
        }
        Picture to = of(width, height, false);
        byte[] out = to.samples;
        for (int from = 0, at = 0; from < samples.length; from += 4, at += 3) {
            int opacity = samples[from + 3] & 0xff;
            int white = 255 * (255 - opacity) + 127;
            out[at] = (byte) (((samples[from] & 0xff) * opacity + white) / 255);
            out[at + 1] = (byte) (((samples[from + 1] & 0xff) * opacity + white) / 255);
            out[at + 2] = (byte) (((samples[from + 2] & 0xff) * opacity + white) / 255);
        }
        return to;
    }

    /**
     * The picture turned and mirrored as the EXIF orientation says.
     *
     * @param orientation from 1, as it is, to 8; others are as 1
     */
    Picture upright(int orientation) throws PictureException {
        if (orientation < 2 || orientation > 8) {
            return this;
        }
        boolean swaps = orientation > 4;
        Picture to = of(swaps ? height : width, swaps ? width : height, alpha);
        // Bit by bit: which way the columns and rows of the result run in the source.
        boolean fromRight = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
        boolean fromBelow = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
        int channels = channels();
        int at = 0;
        for (int row = 0; row < to.height; row++) {
            for (int column = 0; column < to.width; column++) {
                int across = swaps ? row : column;
                int down = swaps ? column : row;
                int x = fromRight ? width - 1 - across : across;
                int y = fromBelow ? height - 1 - down : down;
                int from = (y * width + x) * channels;
                for (int channel = 0; channel < channels; channel++) {
                    to.samples[at++] = samples[from++];
                }
            }
        }
        return to;
    }
}
