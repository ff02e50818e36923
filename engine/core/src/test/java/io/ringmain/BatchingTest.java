package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.Backoff;
import io.ringmain.config.Batching;
import io.ringmain.config.WhenFailed;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.spi.Batch;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Sink;
import io.ringmain.testing.CollectingSink;
import io.ringmain.testing.FaultySink;
import io.ringmain.testing.StepRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** When a sink is given what: a full batch, a batch that has waited long enough, the rest. */
@Timeout(10)
@ExtendWith(NoThreadLeft.class)
class BatchingTest {

    private static final Duration WAIT = Duration.ofMillis(5);

    private final CollectingSink<Cell, Long> sink = new CollectingSink<>(cell -> cell.value);
    private final StepRunner runner = new StepRunner(1);

    private PipelineBuilder<Cell, Cell> builder(Batching batching) {
        return Pipeline.of("batched", Cell.TYPE)
                .filter("negative", cell -> cell.value >= 0)
                .sink("out", sink, batching)
                .whenFailed(WhenFailed.stop())
                .runner(runner);
    }

    private static void publish(Pipeline<Cell> pipeline, long... values) {
        for (long value : values) {
            pipeline.publisher().publish((cell, number) -> cell.value = number, value);
        }
    }

    @Test
    void tenByThreeAreThreeThreeThreeAndOne() {
        try (Pipeline<Cell> pipeline =
                builder(Batching.of(3, Duration.ofSeconds(1))).build().start()) {
            publish(pipeline, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
            runner.stepWhilePossible();
            assertThat(sink.batchSizes()).containsExactly(3, 3, 3);

            pipeline.drain(Duration.ofSeconds(1));
        }
        assertThat(sink.batchSizes()).containsExactly(3, 3, 3, 1);
        assertThat(sink.values()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(sink.flushes()).isEqualTo(1);
    }

    @Test
    void twoAndSilenceAreOneBatchAfterTheWait() {
        try (Pipeline<Cell> pipeline = builder(Batching.of(10, WAIT)).build().start()) {
            publish(pipeline, 1, 2);
            runner.stepWhilePossible();
            assertThat(sink.batchSizes()).isEmpty();
            assertThat(runner.wakeAtNs()).isEqualTo(WAIT.toNanos());

            runner.clock().advance(WAIT.toNanos() - 1);
            runner.stepWhilePossible();
            assertThat(sink.batchSizes()).isEmpty();

            runner.clock().advance(1);
            runner.stepWhilePossible();
            assertThat(sink.batchSizes()).containsExactly(2);
        }
    }

    @Test
    void theWaitBeginsWithTheFirstEventOfTheBatch() {
        try (Pipeline<Cell> pipeline = builder(Batching.of(10, WAIT)).build().start()) {
            publish(pipeline, 1);
            runner.stepWhilePossible();
            runner.clock().advance(WAIT.toNanos() - 1);
            publish(pipeline, 2);
            runner.stepWhilePossible();
            runner.clock().advance(1);
            runner.stepWhilePossible();
            assertThat(sink.batchSizes()).containsExactly(2);

            runner.clock().advance(10 * WAIT.toNanos());
            publish(pipeline, 3);
            runner.stepWhilePossible();
            assertThat(sink.batchSizes()).containsExactly(2);
            assertThat(runner.wakeAtNs()).isEqualTo(runner.nowNs() + WAIT.toNanos());
        }
        assertThat(sink.batchSizes()).containsExactly(2, 1);
    }

    @Test
    void withoutAWaitABatchIsWhatIsThere() {
        try (Pipeline<Cell> pipeline =
                builder(Batching.of(10, Duration.ZERO)).build().start()) {
            publish(pipeline, 1, 2, 3);
            runner.stepWhilePossible();
            publish(pipeline, 4);
            runner.stepWhilePossible();
        }
        assertThat(sink.values()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(sink.batchSizes().get(sink.batchSizes().size() - 1)).isEqualTo(1);
    }

    /** Cells that weigh what their number says. */
    private static final EventType<Cell> WEIGHED = new EventType<>() {
        @Override
        public Cell create() {
            return Cell.TYPE.create();
        }

        @Override
        public void clear(Cell cell) {
            Cell.TYPE.clear(cell);
        }

        @Override
        public void copy(Cell from, Cell to) {
            Cell.TYPE.copy(from, to);
        }

        @Override
        public long bytes(Cell cell) {
            return cell.value;
        }
    };

    private List<Integer> sizesOfAtMostTenBytes(Sink<Cell> taking, long... values) {
        try (Pipeline<Cell> pipeline = Pipeline.of("weighed", WEIGHED)
                .sink("out", taking, Batching.of(4, WAIT).bytes(10))
                .whenFailed(WhenFailed.stop())
                .runner(runner)
                .build()
                .start()) {
            publish(pipeline, values);
            runner.stepWhilePossible();
            List<Integer> written = sink.batchSizes();
            Report report = pipeline.drain(Duration.ofSeconds(1));
            assertThat(report.accounts().inFlight()).isZero();
            return written;
        }
    }

    @Test
    void aBatchIsWrittenBeforeItHasMoreBytesThanAllowed() {
        assertThat(sizesOfAtMostTenBytes(sink, 4, 4, 4, 1, 1, 9, 5)).containsExactly(2, 3, 1);
        assertThat(sink.values()).containsExactly(4L, 4L, 4L, 1L, 1L, 9L, 5L);
        assertThat(sink.batchSizes()).containsExactly(2, 3, 1, 1);
    }

    @Test
    void aBatchThatHasAllItsBytesIsWrittenAtOnce() {
        assertThat(sizesOfAtMostTenBytes(sink, 4, 6)).containsExactly(2);
    }

    @Test
    void anEventThatIsTooLargeIsABatchOfItsOwn() {
        assertThat(sizesOfAtMostTenBytes(sink, 1, 11, 1)).containsExactly(1, 1);
        assertThat(sink.batchSizes()).containsExactly(1, 1, 1);
    }

    @Test
    void theCountBoundsABatchOfLightEvents() {
        assertThat(sizesOfAtMostTenBytes(sink, 1, 1, 1, 1, 1)).containsExactly(4);
    }

    @Test
    void aSinkThatChoosesIsAskedOnceAndOnlyWhatItWantsWeighs() {
        List<Long> asked = new ArrayList<>();
        Sink<Cell> choosing = new Sink<>() {
            @Override
            public void write(Batch<Cell> batch) throws Exception {
                sink.write(batch);
            }

            @Override
            public boolean chooses() {
                return true;
            }

            @Override
            public boolean wants(Cell cell) {
                asked.add(cell.value);
                return cell.value % 2 == 0;
            }
        };
        assertThat(sizesOfAtMostTenBytes(choosing, 6, 99, 8, 77, 2, 4)).containsExactly(1, 2);
        assertThat(asked).containsExactly(6L, 99L, 8L, 77L, 2L, 4L);
        assertThat(sink.values()).containsExactly(6L, 8L, 2L, 4L);
    }

    @Test
    void filteredEventsTakeNoPlaceInABatch() {
        try (Pipeline<Cell> pipeline =
                builder(Batching.of(2, Duration.ofSeconds(1))).build().start()) {
            publish(pipeline, -1, 1, -1, -1, 2, -1, 3, -1, 4, -1);
            runner.stepWhilePossible();
            assertThat(sink.batchSizes()).containsExactly(2, 2);
            Report report = pipeline.drain(Duration.ofSeconds(1));
            assertThat(report.accounts().filtered()).isEqualTo(6);
            assertThat(report.accounts().delivered()).isEqualTo(4);
        }
        assertThat(sink.values()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void aWaitingBatchIsWrittenBeforeItsEventsFillTheRing() {
        try (Pipeline<Cell> pipeline =
                builder(Batching.of(4, Duration.ofSeconds(1))).bound(4).build().start()) {
            publish(pipeline, -1, 1, 2, 3);
            runner.stepWhilePossible();
            publish(pipeline, 4, 5, 6, 7, 8);
            runner.stepWhilePossible();
            assertThat(pipeline.report().accounts().received()).isEqualTo(9);
        }
        assertThat(sink.values()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void aBatchThatFailedIsTriedAgainWithTheSameEvents() {
        var faulty = new FaultySink<>(sink).failWhen(call -> call == 1);
        try (Pipeline<Cell> pipeline = Pipeline.of("batched", Cell.TYPE)
                .sink("out", faulty, Batching.of(2, Duration.ofSeconds(1)))
                .whenFailed(WhenFailed.retry(1, new Backoff(WAIT, WAIT).withoutJitter(), WhenFailed.stop()))
                .runner(runner)
                .build()
                .start()) {
            publish(pipeline, 1, 2);
            runner.stepWhilePossible();
            publish(pipeline, 3);
            runner.stepWhilePossible();
            assertThat(sink.values()).isEmpty();

            runner.clock().advance(WAIT.toNanos());
            runner.stepWhilePossible();
            assertThat(sink.values()).isEqualTo(List.of(1L, 2L));
        }
        assertThat(sink.values()).containsExactly(1L, 2L, 3L);
    }
}
