package io.ringmain.window;

import io.ringmain.spi.Stateful;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Says to each value of one series how unusual it is for that hour of the day, from the first value on, with one setting for all series.
 *
 * <p>Thread: one. Nothing is allocated per value; a value costs the same however many came before it. A series takes 13 KB.
 */
public final class SeriesDetector implements Stateful {

    /*
     * How it works, from the inside out:
     *
     * 1. A value's place is how many deviations it lies from the mean, both over the last few thousand values; places far out are cut in steps of ratio. Histograms of places are kept
     *    for the whole day and for each hour. A place's probability is that of its hour, as far as that has been seen, else of the day, else even. Three grids of different width, each
     *    moved against the others by a third of an hour, are averaged, so that it does not matter on which side of an edge a value fell.
     * 2. The surprise of a value is -log of its probability, and half of the surprise before it.
     * 3. In a noisy series much is surprising. What counts is how far a surprise lies out in the tail of all surprises so far: the exponential tail behind their 98 % quantile, as in A.
     *    Siffer et al., "Anomaly Detection in Streams with Extreme Value Theory", 2017, with both estimated by steps. So scores of different series can be compared.
     * 4. Only what goes beyond the recent peak counts, so that an incident is told once; and the more a series has told lately, the less each further time counts.
     */

    private static final int FORMAT = 1;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int HOURS = 24;
    private static final double[] GRID_WIDTHS = {0.385, 0.5, 0.65};
    private static final int GRIDS = GRID_WIDTHS.length;
    private static final int PLACES = 41;
    private static final int PLACE_MIDDLE = PLACES / 2;
    /** Up to so many deviations places are of even width. */
    private static final double EVEN_MAX = 4;

    /** One histogram for the whole day, then one per hour. */
    private static final int HISTOGRAMS = 1 + HOURS;

    /** So many sightings does the wider histogram count as much as the narrower one. */
    private static final double PRIOR = 3;
    /** A value counts by half where it lies, and by a quarter to each side. */
    private static final float HERE = 0.5f;

    private static final float BESIDE = 0.25f;
    private static final float FORGET = 0.999f;

    private static final double SCALE_RATE = 1 / 3000.0;
    /** A value further out changes mean and deviation only as much as one that is there: one wrong number does not blind the detector. */
    private static final double DEVIATIONS_MAX = 30;
    /** But not before so many values have said what is far. */
    private static final int SCALE_VALUES = 20;
    /** Its square is still a number. */
    private static final double VALUE_MAX = 1e150;

    private static final double SMOOTHING = 0.5;
    private static final double TAIL = 0.02;
    private static final double TAIL_RATE = 0.02;
    private static final double EXCESS_MIN = 0.05;
    private static final double EXCESS_RATIO_MAX = 10;
    private static final double WARM_UP = 200;
    /** No value is more unusual than this: once in e^8, some 3000. */
    private static final double UNUSUAL_MAX = 8;

    private static final double PEAK_FADE = StrictMath.exp(-1 / 300.0);
    private static final double TOLD_FADE = StrictMath.exp(-1 / 10_000.0);
    private static final double TOLD_WEIGHT = 0.1;

    private final float[] counts = new float[GRIDS * HISTOGRAMS * PLACES];
    private final float[] sums = new float[GRIDS * HISTOGRAMS];
    private long seen;
    private double mean;
    private double variance;
    private double surprise;
    private double quantile;
    private double excess;
    private double peak;
    private double told;

    /**
     * Takes the next value and returns how unusual it is, from 0 to 1.
     *
     * <p>What is not a number is not there: 0, and nothing is learnt. An infinite value lies further out than all others.
     *
     * @param timeNs when it was, in epoch nanoseconds; only the time of day (UTC) matters
     */
    public double score(long timeNs, double value) {
        if (Double.isNaN(value)) {
            return 0;
        }
        seen++;
        double deviations = deviations(Math.max(-VALUE_MAX, Math.min(VALUE_MAX, value)), Double.isInfinite(value));
        double sum = 0;
        for (int grid = 0; grid < GRIDS; grid++) {
            sum += surprise(grid, hour(timeNs, grid), place(deviations, GRID_WIDTHS[grid]));
        }
        surprise += Math.max(SMOOTHING, 1.0 / seen) * (sum / GRIDS - surprise);
        double unusual = Math.min(UNUSUAL_MAX, unusual());
        double beyond = Math.max(0, unusual - peak);
        peak = Math.max(peak * PEAK_FADE, unusual);
        double score = beyond / (1 + TOLD_WEIGHT * told);
        told = told * TOLD_FADE + beyond;
        return StrictMath.sqrt(score / UNUSUAL_MAX);
    }

    /** Learns the scale and returns how many deviations {@code value} lies from the mean. */
    private double deviations(double value, boolean isInfinite) {
        if (seen == 1) {
            mean = isInfinite ? 0 : value;
        }
        double deviation = deviation();
        double difference = value - mean;
        if (seen > SCALE_VALUES || isInfinite) {
            double far = DEVIATIONS_MAX * deviation;
            difference = Math.max(-far, Math.min(far, difference));
        }
        double rate = Math.max(SCALE_RATE, 1.0 / seen);
        mean += rate * difference;
        variance = (1 - rate) * (variance + rate * difference * difference);
        return (value - mean) / deviation();
    }

    private double deviation() {
        return StrictMath.sqrt(variance) + 1e-9 * (1 + Math.abs(mean));
    }

    private static int hour(long timeNs, int grid) {
        long second = Math.floorMod(Math.floorDiv(timeNs, NANOS_PER_SECOND) + grid * 1200L, (long) SECONDS_PER_DAY);
        return (int) (second * HOURS / SECONDS_PER_DAY);
    }

    private static int place(double deviations, double width) {
        double far = Math.abs(deviations);
        double steps = (far < EVEN_MAX ? far : EVEN_MAX * (1 + StrictMath.log(far / EVEN_MAX))) / width;
        int place = (int) Math.min(PLACE_MIDDLE, Math.round(steps));
        return PLACE_MIDDLE + (deviations < 0 ? -place : place);
    }

    /** Returns -log of the probability of {@code place}, and counts it. */
    private double surprise(int grid, int hour, int place) {
        int day = grid * HISTOGRAMS;
        double probability = 1.0 / PLACES;
        probability = learn(day, place, probability);
        probability = learn(day + 1 + hour, place, probability);
        return -StrictMath.log(probability);
    }

    /** Returns the probability of {@code place} in a histogram where {@code wider} is what is known without it, then counts it there. */
    private double learn(int histogram, int place, double wider) {
        int first = histogram * PLACES;
        double probability = (counts[first + place] + PRIOR * wider) / (sums[histogram] + PRIOR);
        for (int i = first; i < first + PLACES; i++) {
            counts[i] *= FORGET;
        }
        counts[first + place] += HERE;
        counts[first + Math.max(0, place - 1)] += BESIDE;
        counts[first + Math.min(PLACES - 1, place + 1)] += BESIDE;
        sums[histogram] = sums[histogram] * FORGET + 2 * BESIDE + HERE;
        return probability;
    }

    /** Returns -log of how often a surprise like this one comes, and learns that it came. */
    private double unusual() {
        if (seen == 1) {
            quantile = surprise;
            excess = EXCESS_MIN;
            return 0;
        }
        double scale = Math.max(excess, EXCESS_MIN);
        double above = surprise - quantile;
        double rarity = -StrictMath.log(TAIL);
        double unusual = above > 0 ? rarity + above / scale : rarity * StrictMath.exp(above / scale);
        double step = scale * Math.max(TAIL_RATE, 2.0 / seen);
        if (above > 0) {
            quantile += step * (1 - TAIL);
            double rate = Math.max(TAIL_RATE, Math.min(0.5, 1 / (seen * TAIL)));
            excess += rate * (Math.min(above, EXCESS_RATIO_MAX * scale) - excess);
        } else {
            quantile -= step * TAIL;
        }
        return unusual * Math.min(1, seen / WARM_UP);
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeInt(FORMAT);
        out.writeLong(seen);
        out.writeDouble(mean);
        out.writeDouble(variance);
        out.writeDouble(surprise);
        out.writeDouble(quantile);
        out.writeDouble(excess);
        out.writeDouble(peak);
        out.writeDouble(told);
        for (float sum : sums) {
            out.writeFloat(sum);
        }
        for (float count : counts) {
            out.writeFloat(count);
        }
    }

    @Override
    public void load(DataInput in) throws IOException {
        int format = in.readInt();
        if (format != FORMAT) {
            throw new IOException("series detector: format " + format + " (expected: " + FORMAT + ')');
        }
        seen = in.readLong();
        mean = in.readDouble();
        variance = in.readDouble();
        surprise = in.readDouble();
        quantile = in.readDouble();
        excess = in.readDouble();
        peak = in.readDouble();
        told = in.readDouble();
        for (int i = 0; i < sums.length; i++) {
            sums[i] = in.readFloat();
        }
        for (int i = 0; i < counts.length; i++) {
            counts[i] = in.readFloat();
        }
    }
}
