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

    private static final int AT_A_TIME = 4;

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
        rows = new float[Math.max(AT_A_TIME, Math.min(taps.widest(), ROWS_MAX))][from.stride()];
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
            float alpha = samples[at + i] & 0xff;
            float share = alpha / 255;
            into[i] = alpha;
            into[i + 1] = (samples[at + i + 1] & 0xff) * share;
            into[i + 2] = (samples[at + i + 2] & 0xff) * share;
            into[i + 3] = (samples[at + i + 3] & 0xff) * share;
        }
    }

    /** Four rows at a time: the sums are then read and written a quarter as often. */
    private void weigh(int first, float[] weights) {
        Arrays.fill(sum, 0);
        int tap = 0;
        for (; tap + AT_A_TIME <= weights.length; tap += AT_A_TIME) {
            int row = first + tap;
            add(new float[][] {row(row), row(row + 1), row(row + 2), row(row + 3)}, weights, tap, sum);
        }
        for (; tap < weights.length; tap++) {
            add(row(first + tap), weights[tap], sum);
        }
    }

    private static void add(float[][] rows, float[] weights, int tap, float[] sum) {
        float[] a = rows[0];
        float[] b = rows[1];
        float[] c = rows[2];
        float[] d = rows[3];
        float wa = weights[tap];
        float wb = weights[tap + 1];
        float wc = weights[tap + 2];
        float wd = weights[tap + 3];
        for (int i = 0; i < sum.length; i++) {
            sum[i] += wa * a[i] + wb * b[i] + wc * c[i] + wd * d[i];
        }
    }

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
                out[at] = sample(sum[i]);
                out[at + 1] = sample(sum[i + 1]);
                out[at + 2] = sample(sum[i + 2]);
            }
            return;
        }
        for (int i = 0; i < sum.length; i += 4, at += step) {
            float alpha = sum[i];
            float share = alpha < 0.5f ? 0 : 255 / alpha;
            out[at] = sample(alpha);
            out[at + 1] = sample(sum[i + 1] * share);
            out[at + 2] = sample(sum[i + 2] * share);
            out[at + 3] = sample(sum[i + 3] * share);
        }
    }

    private static byte sample(float value) {
        return (byte) (int) (Math.min(255f, Math.max(0f, value)) + 0.5f);
    }
}
