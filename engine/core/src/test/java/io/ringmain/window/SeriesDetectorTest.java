package io.ringmain.window;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How unusual values are. Series have a value every five minutes; the noise is of a fixed seed. */
class SeriesDetectorTest {

    private static final long SEED = 20261122;
    private static final long STEP_NS = 300_000_000_000L;
    private static final int DAY = 288;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final SeriesDetector detector = new SeriesDetector();
    private long at;

    private double score(double value) {
        return detector.score(at++ * STEP_NS, value);
    }

    /** A day has hours of 10 and, in the middle, hours of 100. */
    private double daily() {
        long step = at % DAY;
        return (step >= 96 && step < 192 ? 100 : 10) + random.nextDouble();
    }

    /** The largest score of some days. */
    private double days(int days) {
        double largest = 0;
        for (int i = 0; i < days * DAY; i++) {
            largest = Math.max(largest, score(daily()));
        }
        return largest;
    }

    @Test
    void aSpikeStandsOut() {
        days(10);
        double quiet = days(4);

        double spike = score(1000);

        assertThat(quiet).isLessThan(0.3);
        assertThat(spike).isGreaterThan(2 * quiet).isGreaterThan(0.5);
    }

    @Test
    void whatIsUsualAtNoonStandsOutAtNight() {
        days(10);
        double quiet = days(4);

        double night = Math.max(score(100), score(100));

        assertThat(night).isGreaterThan(2 * quiet).isGreaterThan(0.3);
    }

    @Test
    void anIncidentIsToldOnce() {
        days(10);
        double first = Math.max(score(1000), score(1000));
        double later = 0;
        for (int i = 0; i < 50; i++) {
            later = Math.max(later, score(1000));
        }

        assertThat(first).isGreaterThan(0.5);
        assertThat(later).isLessThan(first / 2);
    }

    @Test
    void aLineWithoutChangeIsNotUnusualAndItsFirstChangeIs() {
        for (int i = 0; i < 2000; i++) {
            assertThat(score(5)).isBetween(0.0, 0.3);
        }

        assertThat(Math.max(score(6), score(6))).isGreaterThan(0.5);
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MAX_VALUE, -Double.MAX_VALUE, 1e300})
    void aMonstrousValueStandsOutAndDoesNotBlind(double monster) {
        days(10);

        double scored = score(monster);
        days(5);
        double after = Math.max(score(1000), score(1000));

        assertThat(scored).isBetween(0.5, 1.0);
        assertThat(after).isBetween(0.2, 1.0);
    }

    @Test
    void aSeriesMayBeginWithAnInfiniteValue() {
        score(Double.NEGATIVE_INFINITY);
        days(10);

        assertThat(score(1000)).isGreaterThan(0.5);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.POSITIVE_INFINITY, Double.MAX_VALUE, Double.MIN_VALUE, 0})
    void allScoresAreBetweenNoughtAndOneWhateverComesFirst(double first) {
        assertThat(score(first)).isBetween(0.0, 1.0);
        for (int i = 0; i < 3000; i++) {
            double wild = Double.longBitsToDouble(random.nextLong());
            assertThat(score(wild)).as("seed %s, value %s", SEED, wild).isBetween(0.0, 1.0);
        }
    }

    @Test
    void whatIsNotANumberIsNotThere() throws IOException {
        days(3);
        byte[] before = state(detector);

        assertThat(score(Double.NaN)).isZero();

        assertThat(state(detector)).isEqualTo(before);
    }

    @Test
    void itGoesOnFromItsState() throws IOException {
        days(5);
        score(1000);
        var loaded = new SeriesDetector();
        loaded.load(new DataInputStream(new ByteArrayInputStream(state(detector))));

        for (int i = 0; i < 1000; i++) {
            double value = daily() + (i % 200 == 0 ? 500 : 0);
            double expected = detector.score(at * STEP_NS, value);
            assertThat(loaded.score(at * STEP_NS, value)).isEqualTo(expected);
            at++;
        }
        assertThat(state(loaded)).isEqualTo(state(detector)).hasSizeLessThan(13_000);
    }

    @Test
    void nothingIsAllocatedPerValue() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        days(20);
        threads.getCurrentThreadAllocatedBytes();
        double sum = 0;

        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10_000; i++) {
            sum += detector.score(at++ * STEP_NS, i % 7);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(sum).isPositive();
        assertThat(allocated).isLessThan(10_000);
    }

    private static byte[] state(SeriesDetector detector) throws IOException {
        var out = new ByteArrayOutputStream();
        detector.save(new DataOutputStream(out));
        return out.toByteArray();
    }
}
