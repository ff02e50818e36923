package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.WhenFailed;
import io.ringmain.kit.Cell;
import io.ringmain.testing.CollectingSink;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import io.ringmain.window.BatchLimits;
import io.ringmain.window.Batcher;
import io.ringmain.window.EventBatch;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The checkpoint tests on batches of the event-stream text, each under its own name, in the engine's terms. */
@Timeout(20)
class EventStreamBatchTextTest {

    private final StepRunner runner = new StepRunner(1);
    private final CollectingSink<EventBatch<Cell>, String> out = new CollectingSink<>(EventBatch::toString);

    private static PipelineBuilder<Cell, EventBatch<Cell>> batches(
            PipelineBuilder<Cell, Cell> builder, BatchLimits limits) {
        var batcher = new Batcher<>(Cell.TYPE, limits);
        return builder.whenFailed(WhenFailed.stop()).into("batch", batcher.type(), batcher);
    }

    private List<String> batchesOf(int events, BatchLimits limits) {
        var source = new ScriptedSource<Cell>((cell, number) -> cell.value = number).give(events);
        try (Pipeline<Cell> pipeline = batches(Pipeline.of("text", Cell.TYPE).source("events", source), limits)
                .sink("out", out)
                .build()) {
            assertThat(pipeline.start().await().succeeded()).isTrue();
        }
        return out.values();
    }

    /** Ten events, three to a batch or ten seconds. */
    @Test
    void batchByCount() {
        assertThat(batchesOf(10, BatchLimits.of(3).within(Duration.ofSeconds(10))))
                .containsExactly("batch 1 [0, 1, 2]", "batch 2 [3, 4, 5]", "batch 3 [6, 7, 8]", "batch 4 [9]");
    }

    private void pass(long ms) {
        long untilNs = runner.nowNs() + ms * 1_000_000;
        runner.stepWhilePossible();
        while (runner.wakeAtNs() <= untilNs) {
            runner.clock().advanceTo(runner.wakeAtNs());
            runner.stepWhilePossible();
        }
        runner.clock().advanceTo(untilNs);
        runner.stepWhilePossible();
    }

    /** Two events, then nothing for 150 ms, with batches of ten or 100 ms; then one more. */
    @Test
    void batchByTimeout() {
        PipelineBuilder<Cell, EventBatch<Cell>> builder = batches(
                Pipeline.of("text", Cell.TYPE).runner(runner),
                BatchLimits.of(10).within(Duration.ofMillis(100)));
        try (Pipeline<Cell> pipeline = builder.sink("out", out).build().start()) {
            pass(0);
            pipeline.publisher().publish(cell -> cell.value = 1);
            pipeline.publisher().publish(cell -> cell.value = 2);
            pass(150);
            assertThat(out.values()).containsExactly("batch 1 [1, 2]");

            pipeline.publisher().publish(cell -> cell.value = 3);
        }
        assertThat(out.values()).containsExactly("batch 1 [1, 2]", "batch 2 [3]");
    }

    /** A batch has a number and its events. */
    @Test
    void eventBatchCreation() {
        assertThat(batchesOf(1, BatchLimits.of(10))).containsExactly("batch 1 [0]");
    }

    /** A batch comes to a sink as any event does. */
    @Test
    void batchProcessing() {
        List<String> batches = batchesOf(1, BatchLimits.of(1));

        assertThat(batches).hasSize(1);
    }
}
