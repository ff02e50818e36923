package io.ringmain.images.picture;

import java.util.Arrays;

/**
 * For each place of an axis of the result: which places of the source it is made of, and how much of each.
 *
 * <p>For the bell the source goes on beyond the edge as at the edge, so the weights that would fall there are added to those of the edge; Lanczos leaves them out.
 * So does ImageMagick.
 */
final class Taps {

    /** How far Lanczos reaches on each side, in places of the coarser axis. */
    private static final double LOBES = 3;

    /** Where the bell of Gauss is cut off, in its own widths: what is left out is 1 part in 4,000. */
    private static final double BELL_REACH = 3.7;

    private final int[] first;
    private final float[][] weights;

    private Taps(int count) {
        first = new int[count];
        weights = new float[count][];
    }

    /**
     * Lanczos with three lobes, as wide as the coarser of the two axes wants it: what is made smaller is averaged, not picked from.
     *
     * @param from how long the source is
     * @param to how long the whole result would be
     * @param skip how many places of the result are left out before the first
     * @param count how many are wanted
     */
    static Taps lanczos(int from, int to, int skip, int count) {
        double scale = (double) from / to;
        double stretch = Math.max(1, scale);
        double reach = LOBES * stretch;
        Taps taps = new Taps(count);
        for (int i = 0; i < count; i++) {
            double centre = (skip + i + 0.5) * scale - 0.5;
            int low = (int) Math.max(0, Math.ceil(centre - reach));
            int high = (int) Math.min(from - 1, Math.floor(centre + reach));
            double[] all = new double[high - low + 1];
            for (int at = low; at <= high; at++) {
                all[at - low] = lanczos((at - centre) / stretch);
            }
            taps.set(i, low, all, from);
        }
        return taps;
    }

    private static double lanczos(double x) {
        if (Math.abs(x) < 1e-9) {
            return 1;
        }
        double angle = Math.PI * x;
        return Math.abs(x) >= LOBES ? 0 : LOBES * Math.sin(angle) * Math.sin(angle / LOBES) / (angle * angle);
    }

    /** The bell of Gauss, {@code sigma} places wide, along an axis of {@code length}. */
    static Taps gauss(int length, double sigma) {
        int reach = Math.max(1, (int) Math.ceil(BELL_REACH * sigma));
        double[] bell = new double[2 * reach + 1];
        for (int i = -reach; i <= reach; i++) {
            bell[i + reach] = Math.exp(-(i * i) / (2 * sigma * sigma));
        }
        Taps taps = new Taps(length);
        for (int i = 0; i < length; i++) {
            boolean isLikeTheLast = i > reach && i + reach < length;
            if (isLikeTheLast) {
                taps.first[i] = i - reach;
                taps.weights[i] = taps.weights[i - 1];
            } else {
                taps.set(i, i - reach, bell, length);
            }
        }
        return taps;
    }

    private void set(int place, int low, double[] all, int length) {
        int from = Math.min(Math.max(low, 0), length - 1);
        int to = Math.min(Math.max(low + all.length - 1, 0), length - 1);
        double sum = Arrays.stream(all).sum();
        float[] inside = new float[to - from + 1];
        for (int i = 0; i < all.length; i++) {
            int at = Math.min(Math.max(low + i, from), to);
            inside[at - from] += (float) (all[i] / sum);
        }
        first[place] = from;
        weights[place] = inside;
    }

    int count() {
        return first.length;
    }

    int first(int place) {
        return first[place];
    }

    float[] weights(int place) {
        return weights[place];
    }

    /** The most places of the source that a place of the result is made of. */
    int widest() {
        return Arrays.stream(weights).mapToInt(some -> some.length).max().orElse(0);
    }
}
