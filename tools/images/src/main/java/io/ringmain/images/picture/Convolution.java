package io.ringmain.images.picture;

import java.util.Arrays;

/**
 * Weighs the rows of a picture against each other, as {@link Taps} say, and turns the result by the diagonal. Done twice, that weighs rows and columns and
 * leaves the picture as it lay.
 *
 * <p>So the inner loop always runs along a row: floats side by side, which the compiler turns into vector instructions. Along columns it could not. Rows are made
 * floats once each and are kept while a tap needs them. Colours are multiplied by their alpha meanwhile, else what is transparent would shine through.
 */
final class Convolution {

    /** How many rows are held: of a picture that is made smaller than a tenth some are read again. It bounds the memory that is needed beside the pictures. */
    private static final int ROWS_MAX = 64;

    /** What is added so that the last bits of a float are its whole number, {@value #BELOW} and more above 0: 2 to the power of 23, where floats have no fraction. */
    private static final float WHOLE = 8_388_608f + 256;

    private static final int BELOW = 256;

    /** What a sample is that should be {@link #BELOW} less than its place. */
    private static final byte[] CLAMPED = new byte[1024];

    static {
        for (int i = 0; i < CLAMPED.length; i++) {
            CLAMPED[i] = (byte) Math.max(0, Math.min(255, i - BELOW));
        }
    }

    private final Picture from;
    private final Taps taps;
    private final Picture to;
    // Row r of the source, if it is held, stands in rows[r % rows.length].
    private final float[][] rows;
    private final int[] held;
    private final float[] sum;

    private Convolution(Picture from, Taps taps) throws PictureException {
        this.from = from;
        this.taps = taps;
        to = Picture.of(taps.count(), from.width(), from.hasAlpha());
        rows = new float[Math.min(taps.widest(), ROWS_MAX)][from.stride()];
        held = new int[rows.length];
        Arrays.fill(held, -1);
        sum = new float[from.stride()];
    }

    /** Returns {@code from} with the rows that {@code down} makes of its rows, and the columns that {@code across} makes of its columns. */
    static Picture of(Picture from, Taps across, Taps down) throws PictureException {
        return new Convolution(new Convolution(from, down).run(), across).run();
    }

    private Picture run() {
        for (int place = 0; place < taps.count(); place++) {
            weigh(taps.first(place), taps.weights(place));
            write(place);
        }
        return to;
    }

    private float[] row(int row) {
        int slot = row % rows.length;
        if (held[slot] != row) {
            read(row, rows[slot]);
            held[slot] = row;
        }
        return rows[slot];
    }

    private void read(int row, float[] into) {
        byte[] samples = from.samples();
        int at = row * into.length;
        if (!from.hasAlpha()) {
            for (int i = 0; i < into.length; i++) {
                into[i] = samples[at + i] & 0xff;
            }
            return;
        }
        for (int i = 0; i < into.length; i += 4) {
            float alpha = samples[at + i + 3] & 0xff;
            float share = alpha / 255;
            into[i] = (samples[at + i] & 0xff) * share;
            into[i + 1] = (samples[at + i + 1] & 0xff) * share;
            into[i + 2] = (samples[at + i + 2] & 0xff) * share;
            into[i + 3] = alpha;
        }
    }

    private void weigh(int first, float[] weights) {
        Arrays.fill(sum, 0);
        for (int tap = 0; tap < weights.length; tap++) {
            add(row(first + tap), weights[tap], sum);
        }
    }

    /** One row at a time: JDK 17 makes vector instructions of this, but not of a sum of two or four rows, which takes 14 times as long. */
    private static void add(float[] row, float weight, float[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += weight * row[i];
        }
    }

    /** The row becomes a column. */
    private void write(int column) {
        byte[] out = to.samples();
        int channels = to.channels();
        int step = to.stride();
        int at = column * channels;
        if (channels == 3) {
            for (int i = 0; i < sum.length; i += 3, at += step) {
                out[at] = near(sum[i]);
                out[at + 1] = near(sum[i + 1]);
                out[at + 2] = near(sum[i + 2]);
            }
            return;
        }
        for (int i = 0; i < sum.length; i += 4, at += step) {
            float alpha = sum[i + 3];
            float share = alpha < 0.5f ? 0 : 255 / alpha;
            out[at] = sample(sum[i] * share);
            out[at + 1] = sample(sum[i + 1] * share);
            out[at + 2] = sample(sum[i + 2] * share);
            out[at + 3] = sample(alpha);
        }
    }

    /**
     * The sample nearest to {@code value}, which lies between -{@link #BELOW} and 767, as weights have it that add up to 1 and of which at most a
     * half is below 0. The minimum and maximum of floats, and their conversion, take five times as long.
     */
    private static byte near(float value) {
        return CLAMPED[Float.floatToRawIntBits(value + WHOLE) & 1023];
    }

    private static byte sample(float value) {
        return (byte) (int) (Math.min(255f, Math.max(0f, value)) + 0.5f);
    }
}
