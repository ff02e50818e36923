package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.WhenFailed;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NotingSink;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources that share a ring are asked in turn, each for its share. */
@Timeout(30)
class TurnsOfSourcesTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final NotingSink out = new NotingSink();

    private static PipelineBuilder<Cell, Cell> builder() {
        return Pipeline.of("merged", Cell.TYPE).whenFailed(WhenFailed.stop());
    }

    private static ScriptedSource<Cell> numbers() {
        return new ScriptedSource<>((cell, number) -> cell.value = number);
    }

    @Test
    void aQuietSourceDoesNotWaitForALoudOne() {
        var runner = new StepRunner(1);
        Pipeline<Cell> pipeline = builder()
                .runner(runner)
                .bound(16)
                .merging()
                .source("loud", numbers().give(1_000_000))
                .sink("out", out)
                .build()
                .start();
        runner.await(() -> out.count() >= 1000);

        for (long quiet = 0; quiet < 10; quiet++) {
            long expected = quiet;
            int before = out.count();
            pipeline.publisher().publish((cell, number) -> cell.value = number, quiet);
            runner.await(() -> out.from("publisher").contains(expected));

            assertThat(out.count() - before).as("events before the quiet one").isLessThanOrEqualTo(3 * 16);
        }
        assertThat(runner.clock().nowNs()).as("nobody waited").isZero();
        pipeline.drain(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64})
    void noneOfManyLoudSourcesStarves(int bound) {
        var runner = new StepRunner(2);
        PipelineBuilder<Cell, Cell> builder =
                builder().runner(runner).bound(bound).sink("out", out);
        for (int i = 0; i < 7; i++) {
            builder.source("s" + i, numbers().give(1_000_000));
        }
        Pipeline<Cell> pipeline = builder.build().start();

        runner.await(() -> out.count() >= 7000);

        for (int i = 0; i < 7; i++) {
            assertThat(out.from("s" + i)).hasSizeBetween(900, 1100);
        }
        pipeline.drain(Duration.ZERO);
    }

    @Test
    void oneTurnIsSharedByAllWhoHaveEvents() {
        var runner = new StepRunner(4);
        Pipeline<Cell> pipeline = builder()
                .runner(runner)
                .bound(64)
                .source("a", numbers().give(1000))
                .source("b", numbers().give(1000))
                .sink("out", out)
                .build()
                .start();

        runner.await(() -> out.count() >= 64);

        assertThat(out.sources().subList(0, 64)).filteredOn("a"::equals).hasSize(32);
        pipeline.drain(Duration.ZERO);
    }

    @Test
    void aDrainStopsPollableSourcesAtOnce() {
        var runner = new StepRunner(5);
        Pipeline<Cell> pipeline = builder()
                .runner(runner)
                .source("endless", numbers().give(3).pause().neverEnd())
                .sink("out", out)
                .build()
                .start();
        runner.await(() -> out.count() >= 3);
        long beforeNs = runner.clock().nowNs();

        Report report = pipeline.drain(SOON);

        assertThat(report.accounts().inFlight()).isZero();
        assertThat(runner.clock().nowNs() - beforeNs).isLessThan(SOON.toNanos());
    }
}
