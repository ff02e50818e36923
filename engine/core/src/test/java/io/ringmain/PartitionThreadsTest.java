package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.config.Threading;
import io.ringmain.config.WhenFailed;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.spi.Publisher;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Stage;
import io.ringmain.testing.ScriptedSource;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Partitions on threads of their own. */
@Timeout(60)
@ExtendWith(NoThreadLeft.class)
class PartitionThreadsTest {

    private static final int KEYS = 1000;
    private static final int LANES = 4;

    /** Which keys' last numbers are those of one group: each is written by whoever owns the group. */
    private static final class InOrder implements Stage<Cell> {
        private final long[] last = new long[KEYS];

        @Override
        public boolean process(Cell cell) {
            int key = (int) (cell.value % KEYS);
            if (last[key] != cell.value - KEYS && last[key] != 0) {
                throw new BrokenInvariant(cell.value + " came after " + last[key]);
            }
            last[key] = cell.value;
            cell.note = "seen";
            return true;
        }
    }

    /** Checks that the numbers come one after the other, each seen by the stage of its key. */
    private static final class RingOrder {
        private long last;
        private long wrong;

        private void take(Cell cell) {
            if (cell.value != last + 1 || !cell.note.equals("seen")) {
                wrong++;
            }
            last = cell.value;
        }
    }

    private static PipelineBuilder<Cell, Cell> builder(int bound) {
        return Pipeline.of("partitioned", Cell.TYPE)
                .bound(bound)
                .threading(new Threading.Auto(2))
                .whenFailed(WhenFailed.stop())
                .partitionBy("order", cell -> cell.value % KEYS, LANES, InOrder::new);
    }

    @SuppressWarnings("ThreadPriorityCheck") // On few cores the lanes are to get on between two changes.
    private static int changeAllTheTime(Pipeline<?> pipeline) {
        Partitions partitions = pipeline.partitions("order");
        SplittableRandom random = new SplittableRandom(1);
        int changes = 0;
        int now = partitions.lanes();
        while (pipeline.state() == PipelineState.STARTED) {
            if (partitions.lanes() == now) {
                int next = 1 + random.nextInt(LANES);
                changes += next == now ? 0 : 1;
                now = next;
                partitions.lanes(next);
            }
            Thread.yield();
        }
        return changes;
    }

    @ParameterizedTest(name = "{0} events, bound {1}")
    @CsvSource({"3000000,8192", "200000,64", "5000,2"})
    void nothingIsLostDoubledOrOutOfOrderWhileTheNumberOfLanesChanges(int count, int bound) {
        RingOrder order = new RingOrder();
        var source = new ScriptedSource<Cell>((cell, number) -> cell.value = number + 1).give(count);
        try (Pipeline<Cell> pipeline = builder(bound)
                .source("in", source)
                .sink("out", Sink.each(order::take))
                .build()
                .start()) {
            int changes = changeAllTheTime(pipeline);

            Report report = pipeline.await();

            assertThat(report.failures()).isEmpty();
            assertThat(report.accounts().delivered()).isEqualTo(count);
            assertThat(order.wrong).isZero();
            assertThat(order.last).isEqualTo(count);
            assertThat(changes).as("changes of the number of lanes").isGreaterThan(2);
            assertThat(report.stages().get(1).in()).isEqualTo(count);
        }
    }

    @Test
    void publishersCannotKeepAChangeOutOfAFullRing() throws Exception {
        int count = 30_000;
        RingOrder order = new RingOrder();
        try (Pipeline<Cell> pipeline =
                builder(16).sink("out", Sink.each(order::take)).build().start()) {
            Publisher<Cell> publisher = pipeline.publisher();
            Thread publishing = new Thread(() -> {
                for (long number = 1; number <= count; number++) {
                    publisher.publish((cell, value) -> cell.value = value, number);
                }
                pipeline.endInput();
            });
            publishing.start();

            int changes = changeAllTheTime(pipeline);
            publishing.join();

            Report report = pipeline.await();
            assertThat(report.failures()).isEmpty();
            assertThat(order.wrong).isZero();
            assertThat(order.last).isEqualTo(count);
            assertThat(changes).as("changes of the number of lanes").isGreaterThan(2);
        }
    }

    @Test
    void eachStageIsOpenedAndClosedOnceWhateverLanesItsGroupHad() {
        AtomicInteger opened = new AtomicInteger();
        AtomicInteger closed = new AtomicInteger();
        var stages = new Object() {
            Stage<Cell> make() {
                return new Stage<>() {
                    @Override
                    public boolean process(Cell cell) {
                        return true;
                    }

                    @Override
                    public void open() {
                        opened.incrementAndGet();
                    }

                    @Override
                    public void close() {
                        closed.incrementAndGet();
                    }
                };
            }
        };
        try (Pipeline<Cell> pipeline = Pipeline.of("partitioned", Cell.TYPE)
                .whenFailed(WhenFailed.stop())
                .partitionBy("stage", cell -> cell.value, LANES, stages::make)
                .build()
                .start()) {
            pipeline.publisher().publish(cell -> cell.value = 1);
            pipeline.partitions("stage").lanes(2);

            pipeline.drain(Duration.ofSeconds(10));

            assertThat(opened.get()).isEqualTo(128);
            assertThat(closed.get()).isEqualTo(128);
        }
    }

    @Test
    void theNumberOfLanesMustBeOneThatThereIs() {
        try (Pipeline<Cell> pipeline = builder(16).build()) {
            Partitions partitions = pipeline.partitions("order");

            assertThat(partitions.lanesMax()).isEqualTo(LANES);
            assertThat(partitions.lanes()).isEqualTo(LANES);
            assertThatThrownBy(() -> partitions.lanes(0)).hasMessageContaining("lanes: 0 (expected: from 1 to 4)");
            assertThatThrownBy(() -> partitions.lanes(5)).hasMessageContaining("lanes: 5 (expected: from 1 to 4)");
            assertThatThrownBy(() -> pipeline.partitions("other"))
                    .hasMessageContaining("partition other (expected: one of [order])");
        }
    }

    @Test
    void whatIsWrongWithAPartitionIsSaidWhenThePipelineIsBuilt() {
        PipelineBuilder<Cell, Cell> builder = Pipeline.of("wrong", Cell.TYPE)
                .whenFailed(WhenFailed.stop())
                .transform("order.key", cell -> {})
                .partitionBy("order", cell -> cell.value, 0, InOrder::new)
                .partitionBy("many", cell -> cell.value, 129, InOrder::new);

        assertThatThrownBy(builder::build).isInstanceOfSatisfying(PipelineException.class, failure -> assertThat(
                        failure.problems())
                .containsExactlyElementsOf(List.of(
                        "stage order.key: the name is taken (expected: unique); reports could not tell them apart",
                        "stage order: lanes 0 (expected: from 1 to 128); there are 128 groups of keys to share",
                        "stage many: lanes 129 (expected: from 1 to 128); there are 128 groups of keys to share")));
    }
}
