package io.ringmain.internal.latency;

import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** Times of any size can be recorded; those out of range count at its end. */
class LatencyTest {

    private static final long HIGHEST_NS = Latency.HIGHEST_SECONDS * 1_000_000_000L;

    private final Latency latency = new Latency();

    @Test
    void timesOutOfRangeAreClamped() {
        latency.record(-5);
        latency.record(Long.MIN_VALUE, 2);
        latency.record(Long.MAX_VALUE);
        latency.record(HIGHEST_NS + 1, 3);

        Histogram histogram = latency.snapshot();
        assertThat(histogram.getTotalCount()).isEqualTo(7);
        assertThat(histogram.getMinValue()).isZero();
        assertThat(histogram.getCountAtValue(HIGHEST_NS)).isEqualTo(4);
    }

    @Test
    void aRunCountsAsOftenAsItIsLong() {
        latency.record(100, 9);
        latency.record(200);

        Histogram histogram = latency.snapshot();
        assertThat(histogram.getTotalCount()).isEqualTo(10);
        assertThat(histogram.getValueAtPercentile(50)).isEqualTo(100);
        assertThat(histogram.getMaxValue()).isEqualTo(200);
    }

    @Test
    void eachSnapshotHoldsEverythingSoFar() {
        latency.record(10);
        Histogram first = latency.snapshot();
        latency.record(20);
        Histogram second = latency.snapshot();

        assertThat(first.getTotalCount()).isEqualTo(1);
        assertThat(second.getTotalCount()).isEqualTo(2);
        assertThat(latency.snapshot().getTotalCount()).isEqualTo(2);
    }
}
