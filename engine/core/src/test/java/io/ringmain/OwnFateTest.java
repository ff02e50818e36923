package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.Backoff;
import io.ringmain.config.Batching;
import io.ringmain.config.Delivery;
import io.ringmain.config.Edge;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.kit.Cell;
import io.ringmain.spi.DeadLetter;
import io.ringmain.spi.MemoryDeadLetters;
import io.ringmain.spi.Sink;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sink may have a policy for failures of its own beside the pipeline's. */
@Timeout(30)
class OwnFateTest {

    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final Backoff BACKOFF = new Backoff(PAUSE, PAUSE).withoutJitter();
    private static final Delivery ONE_BY_ONE = Delivery.of(Batching.of(1, Duration.ZERO));

    private final StepRunner runner = new StepRunner(11);
    private final MemoryDeadLetters letters = new MemoryDeadLetters();
    private final List<Long> out = new ArrayList<>();
    private int attempts;

    private void fail(Cell cell) {
        if (cell.value == 2) {
            attempts++;
            throw new IllegalStateException("two");
        }
    }

    private PipelineBuilder<Cell, Cell> builder(WhenFailed whenFailed) {
        return Pipeline.of("fates", Cell.TYPE)
                .source("in", new ScriptedSource<Cell>((cell, number) -> cell.value = number).give(4))
                .runner(runner)
                .deadLetters(letters, WhenLettersFull.STOP)
                .whenFailed(whenFailed);
    }

    private static Report run(PipelineBuilder<Cell, Cell> builder) {
        try (Pipeline<Cell> pipeline = builder.build()) {
            return pipeline.start().await();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSinkTriesAgainWhereThePipelineWouldStop(boolean behindItsOwnRing) {
        Delivery delivery = ONE_BY_ONE.whenFailed(WhenFailed.retry(3, BACKOFF, WhenFailed.deadLetter()));
        if (behindItsOwnRing) {
            delivery = delivery.behind(Edge.of(WhenFull.block()));
        }

        Report report = run(builder(WhenFailed.stop())
                .sink("failing", Sink.each(this::fail), delivery)
                .sink("out", Sink.each(cell -> out.add(cell.value))));

        assertThat(report.succeeded()).isTrue();
        assertThat(attempts).isEqualTo(4);
        assertThat(runner.clock().nowNs()).isEqualTo(3 * PAUSE.toNanos());
        assertThat(letters.letters()).extracting(DeadLetter::stage).containsExactly("failing");
        assertThat(out).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void aSinkStopsWhereThePipelineWouldSkip() {
        Report report = run(builder(WhenFailed.skip())
                .transform("failing", this::fail)
                .sink(
                        "strict",
                        Sink.each(cell -> {
                            out.add(cell.value);
                            if (cell.value == 3) {
                                throw new IllegalStateException("three");
                            }
                        }),
                        ONE_BY_ONE.whenFailed(WhenFailed.stop())));

        assertThat(report.succeeded()).isFalse();
        assertThat(report.accounts().dropped()).containsEntry("skipped", 1L);
        assertThat(out).containsExactly(0L, 1L, 3L);
    }

    @Test
    void onARouteItHoldsToo() {
        Report report = run(builder(WhenFailed.stop()).routes("part", to -> to.when(cell -> cell.value == 2)
                .sink("failing", Sink.each(this::fail), ONE_BY_ONE.whenFailed(WhenFailed.skip()))
                .otherwise()
                .sink("out", Sink.each(cell -> out.add(cell.value)))));

        assertThat(report.succeeded()).isTrue();
        assertThat(report.accounts().dropped()).containsEntry("skipped", 1L);
        assertThat(out).containsExactly(0L, 1L, 3L);
    }
}
