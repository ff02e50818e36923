package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Report.EdgeReport;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.internal.edge.Coin;
import io.ringmain.kit.Cell;
import io.ringmain.spi.Publication;
import io.ringmain.testing.CollectingSink;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checkpoint tests on back pressure of the event-stream text, each under its own name, in the engine's terms. */
@Timeout(60)
class EventStreamBackpressureTextTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final CollectingSink<Cell, Long> sink = new CollectingSink<>(cell -> cell.value);

    private PipelineBuilder<Cell, Cell> pipeline(WhenFull whenFull, int bound) {
        return Pipeline.of("text", Cell.TYPE)
                .whenFailed(WhenFailed.stop())
                .whenFull(whenFull)
                .bound(bound)
                .runner(new StepRunner(1))
                .sink("out", sink);
    }

    private static Publication publish(Pipeline<Cell> pipeline, long value) {
        return pipeline.publisher().publish((cell, number) -> cell.value = number, value);
    }

    private static ScriptedSource<Cell> numbers(long count) {
        return new ScriptedSource<Cell>((cell, number) -> cell.value = number).give(count);
    }

    /** Bound 5 and 10 events with drop-oldest: the last 5 are kept. */
    @Test
    void dropOldestStrategy() {
        try (Pipeline<Cell> pipeline = pipeline(WhenFull.dropOldest(), 5).build()) {
            for (int i = 0; i < 10; i++) {
                assertThat(publish(pipeline, i)).isEqualTo(Publication.PUBLISHED);
            }

            Report report = pipeline.start().drain(SOON);

            assertThat(sink.values()).containsExactly(5L, 6L, 7L, 8L, 9L);
            assertThat(report.accounts())
                    .isEqualTo(new Accounts(10, 5, 0, 0, Map.of("dropped_oldest", 5L), 0, 0, 0, 0));
        }
    }

    /** The same of a source that gives its 10 events at once. */
    @Test
    void dropOldestStrategyOfASource() {
        try (Pipeline<Cell> pipeline = pipeline(WhenFull.dropOldest(), 5)
                .source("numbers", numbers(10))
                .build()) {
            Report report = pipeline.start().await();

            assertThat(sink.values()).containsExactly(5L, 6L, 7L, 8L, 9L);
            assertThat(report.accounts().received()).isEqualTo(10);
            assertThat(report.accounts().dropped()).isEqualTo(Map.of("dropped_oldest", 5L));
        }
    }

    /** A rate of 0.5 lets about half of 1,000 pass, one of 0.1 more than 50 and fewer than 150, for every seed tried. */
    @ParameterizedTest(name = "rate {0}")
    @CsvSource({"0.5, 0.1", "0.1, 0.05"})
    void shouldSample(double rate, double spread) {
        for (long seed = 0; seed < 20_000; seed++) {
            var coin = new Coin(rate, seed);
            long passed = LongStream.range(0, 1000).filter(coin::takes).count();
            assertThat(passed)
                    .as("of 1,000, seed %d", seed)
                    .isGreaterThan((long) (1000 * (rate - spread)))
                    .isLessThan((long) (1000 * (rate + spread)));
        }
    }

    /** Sampling 0.1 of 1,000 keeps more than 50 and fewer than 150, for every seed tried. */
    @Test
    void samplingStrategy() {
        for (long seed = 0; seed < 500; seed++) {
            var kept = new CollectingSink<Cell, Long>(cell -> cell.value);
            try (Pipeline<Cell> pipeline = Pipeline.of("text", Cell.TYPE)
                    .whenFailed(WhenFailed.stop())
                    .whenFull(WhenFull.sample(0.1, seed))
                    .bound(1000)
                    .runner(new StepRunner(seed))
                    .source("numbers", numbers(1000))
                    .sink("out", kept)
                    .build()) {
                Accounts accounts = pipeline.start().await().accounts();

                assertThat(kept.values())
                        .as("seed %d", seed)
                        .hasSizeBetween(51, 149)
                        .isSorted();
                assertThat(accounts.received()).isEqualTo(1000);
                assertThat(accounts.dropped())
                        .isEqualTo(Map.of("sampled", 1000L - kept.values().size()));
            }
        }
    }

    /** One dropped of two received is a drop rate of 50.0 %. */
    @Test
    void backpressureStats() {
        try (Pipeline<Cell> pipeline = pipeline(WhenFull.dropNewest(), 1).build()) {
            assertThat(publish(pipeline, 1)).isEqualTo(Publication.PUBLISHED);
            assertThat(publish(pipeline, 2)).isEqualTo(Publication.DROPPED);
            EdgeReport live = pipeline.report().edges().get(0);

            EdgeReport end = pipeline.start().drain(SOON).edges().get(0);

            assertThat(live.received()).isEqualTo(2);
            assertThat(live.processed()).isZero();
            assertThat(live.dropRate()).isEqualTo(0.5);
            assertThat(end.received()).isEqualTo(2);
            assertThat(end.processed()).isEqualTo(1);
            assertThat(end.dropped()).isEqualTo(Map.of("dropped_newest", 1L));
            assertThat(String.format(Locale.ROOT, "%.1f %%", 100 * end.dropRate()))
                    .isEqualTo("50.0 %");
        }
    }

    /** Below 50 % full all, to 80 % half, above a tenth. */
    @Test
    void adaptiveSampling() {
        try (Pipeline<Cell> pipeline =
                pipeline(WhenFull.adaptiveSample(7), 1000).build()) {
            long[] takenAt = new long[10_000];
            long taken = 0;
            for (int i = 0; i < takenAt.length; i++) {
                taken += publish(pipeline, i) == Publication.PUBLISHED ? 1 : 0;
                takenAt[i] = taken;
            }

            Report report = pipeline.start().drain(SOON);

            assertThat(takenAt[499]).as("of the first 500 all").isEqualTo(500);
            assertThat(takenAt[499 + 400] - 500).as("of the next 400 half").isBetween(150L, 250L);
            assertThat(takenAt[1999] - takenAt[1499]).as("of 500 more a tenth").isBetween(20L, 80L);
            assertThat(report.accounts().received()).isEqualTo(10_000);
            assertThat(report.accounts().delivered()).isEqualTo(taken);
            assertThat(report.accounts().droppedInAll()).isEqualTo(10_000 - taken);
            assertThat(report.accounts().dropped()).containsOnlyKeys("sampled", "dropped_newest");
            assertThat(sink.values()).isSorted();
        }
    }
}
