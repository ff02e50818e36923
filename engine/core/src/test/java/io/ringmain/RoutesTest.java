package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.Report.SinkReport;
import io.ringmain.config.Backoff;
import io.ringmain.config.Batching;
import io.ringmain.config.Edge;
import io.ringmain.config.Threading;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.spi.Batch;
import io.ringmain.spi.MemoryDeadLetters;
import io.ringmain.spi.Sink;
import io.ringmain.testing.CollectingSink;
import io.ringmain.testing.FaultySink;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Events part by condition, and an output that stands still holds back only what its edge lets it. */
@Timeout(20)
@ExtendWith(NoThreadLeft.class)
class RoutesTest {

    private static final int COUNT = 300;

    private final CollectingSink<Cell, Long> threes = new CollectingSink<>(cell -> cell.value, true);
    private final CollectingSink<Cell, Long> evens = new CollectingSink<>(cell -> cell.value);
    private final CollectingSink<Cell, Long> rest = new CollectingSink<>(cell -> cell.value);

    private static PipelineBuilder<Cell, Cell> builder(int count) {
        return Pipeline.of("routed", Cell.TYPE)
                .bound(16)
                .source("in", new ScriptedSource<Cell>((cell, number) -> cell.value = number).give(count))
                .whenFailed(WhenFailed.stop());
    }

    private static Report run(PipelineBuilder<Cell, Cell> builder) {
        try (Pipeline<Cell> pipeline = builder.build()) {
            Report report = pipeline.start().await();
            assertThat(report.segments()).allMatch(Accounts::balanced);
            return report;
        }
    }

    private static SinkReport sink(Report report, String name) {
        return report.sinks().stream()
                .filter(sink -> sink.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anEventGoesToTheFirstRouteWhoseConditionHolds() {
        for (Threading threading : List.of(new Threading.Auto(1), new Threading.Auto(8), Threading.perStage())) {
            var third = new CollectingSink<Cell, Long>(cell -> cell.value, true);
            var second = new CollectingSink<Cell, Long>(cell -> cell.value);
            var others = new CollectingSink<Cell, Long>(cell -> cell.value);

            Report report =
                    run(builder(COUNT).threading(threading).routes("part", to -> to.when(cell -> cell.value % 3 == 0)
                            .sink("threes", third)
                            .when(cell -> cell.value % 2 == 0)
                            .sink("evens", second)
                            .otherwise()
                            .sink("rest", others)));

            assertThat(third.values())
                    .hasSize(100)
                    .allMatch(value -> value % 3 == 0)
                    .isSorted();
            assertThat(second.values()).hasSize(100).allMatch(value -> value % 3 != 0 && value % 2 == 0);
            assertThat(others.values()).hasSize(100).allMatch(value -> value % 3 != 0 && value % 2 != 0);
            assertThat(report.accounts().delivered()).isEqualTo(COUNT);
            assertThat(report.sinks())
                    .allMatch(sink -> sink.delivered() == 100 && sink.notWanted() == 200 && sink.inFlight() == 0);
        }
    }

    @Test
    void whatNoRouteAndNoSinkTakesIsFiltered() {
        Report report = run(builder(COUNT)
                .routes("part", to -> to.when(cell -> cell.value % 3 == 0).sink("threes", threes)));

        assertThat(report.accounts().delivered()).isEqualTo(100);
        assertThat(report.accounts().filtered()).isEqualTo(200);
    }

    @Test
    void aSinkBesideTheRoutesIsGivenEverything() {
        Report report = run(builder(COUNT)
                .routes("part", to -> to.when(cell -> cell.value % 3 == 0).sink("threes", threes))
                .sink("rest", rest));

        assertThat(rest.values()).hasSize(COUNT);
        assertThat(threes.values()).hasSize(100);
        assertThat(report.accounts().delivered()).isEqualTo(COUNT);
    }

    @Test
    void aRouteMayHaveSeveralSinksAndRoutesMayFollowRoutes() {
        Report report = run(builder(COUNT)
                .routes("first", to -> to.when(cell -> cell.value < 100)
                        .sink("threes", threes)
                        .sink("evens", evens))
                .transform("add", cell -> cell.value += 1000)
                .routes("second", to -> to.when(cell -> cell.value >= 1100).sink("rest", rest)));

        assertThat(threes.values()).hasSize(100).isEqualTo(evens.values()).allMatch(value -> value < 100);
        assertThat(rest.values()).hasSize(200).allMatch(value -> value >= 1100);
        assertThat(report.accounts().delivered()).isEqualTo(COUNT);
    }

    @Test
    void aConditionThatFailsIsOneFailureOfItsEvent() {
        var letters = new MemoryDeadLetters();

        Report report = run(builderWithLetters(letters).routes("part", to -> to.when(cell -> {
                    if (cell.value == 7) {
                        throw new IllegalStateException("seven");
                    }
                    return cell.value % 2 == 0;
                })
                .sink("evens", evens)
                .otherwise()
                .sink("rest", rest)));

        assertThat(letters.count()).isEqualTo(1);
        assertThat(letters.letters().get(0).stage()).isEqualTo("part");
        assertThat(report.accounts().deadLettered()).isEqualTo(1);
        assertThat(evens.values()).hasSize(COUNT / 2);
        assertThat(rest.values()).hasSize(COUNT / 2 - 1).doesNotContain(7L);
    }

    private static PipelineBuilder<Cell, Cell> builderWithLetters(MemoryDeadLetters letters) {
        return Pipeline.of("routed", Cell.TYPE)
                .bound(16)
                .source("in", new ScriptedSource<Cell>((cell, number) -> cell.value = number).give(COUNT))
                .deadLetters(letters, WhenLettersFull.STOP)
                .whenFailed(WhenFailed.retry(
                        2, new Backoff(Duration.ofMillis(1), Duration.ofMillis(8)), WhenFailed.deadLetter()));
    }

    @Test
    void anOutputThatIsDownHoldsBackOnlyItsOwnRoute() throws InterruptedException {
        var down = new FaultySink<>(threes).blockWhen(call -> call == 1);
        CountDownLatch others = new CountDownLatch(200);

        Report report;
        try (Pipeline<Cell> pipeline = builder(COUNT)
                .routes("part", to -> to.when(cell -> cell.value % 3 == 0)
                        .sink("threes", down, Batching.DEFAULT, new Edge(WhenFull.dropNewest(), 10))
                        .otherwise()
                        .sink("rest", Sink.each(cell -> others.countDown())))
                .build()) {
            pipeline.start();
            assertThat(others.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(threes.values()).isEmpty();
            down.unblock();
            report = pipeline.await();
        }

        SinkReport third = sink(report, "threes");
        assertThat(report.segments()).hasSize(2).allMatch(Accounts::balanced);
        assertThat(third.delivered())
                .isBetween(10L, 99L)
                .isEqualTo(threes.values().size());
        assertThat(third.dropped()).isEqualTo(100 - third.delivered());
        assertThat(third.offered()).isEqualTo(COUNT);
        assertThat(third.notWanted()).isEqualTo(200);
        assertThat(threes.values()).isSorted().startsWith(0L, 3L, 6L, 9L, 12L, 15L, 18L, 21L, 24L, 27L);
        assertThat(report.accounts().absorbed()).isEqualTo(100);
        assertThat(report.accounts().delivered()).isEqualTo(200);
        assertThat(report.segments().get(1).dropped()).containsEntry("dropped_newest", third.dropped());
    }

    @Test
    void aSinkBehindAnEdgeThatBlocksLosesNothing() {
        for (int bound : new int[] {1, 3, 64}) {
            for (int seed = 0; seed < 20; seed++) {
                var collected = new CollectingSink<Cell, Long>(cell -> cell.value, seed % 2 == 0);
                var beside = new CollectingSink<Cell, Long>(cell -> cell.value);
                Batching batching = seed % 3 == 0 ? Batching.of(bound, Duration.ofMillis(5)) : Batching.DEFAULT;

                Report report = run(builder(COUNT)
                        .runner(new StepRunner(seed))
                        .sink("behind", collected, batching, new Edge(WhenFull.block(), bound))
                        .sink("beside", beside));

                assertThat(report.succeeded()).isTrue();
                assertThat(collected.values()).hasSize(COUNT).isEqualTo(beside.values());
                assertThat(collected.flushes()).isEqualTo(1);
                assertThat(collected.closes()).isEqualTo(1);
                assertThat(sink(report, "behind").delivered()).isEqualTo(COUNT);
                assertThat(report.segments().get(1).delivered()).isEqualTo(COUNT);
            }
        }
    }

    @Test
    void aSinkThatFailsBehindItsEdgeStopsThePipelineAndTheOthersFlush() {
        var hard = new FaultySink<>(threes).failWhen(call -> call == 3);

        Report report = run(builder(COUNT)
                .sink("behind", hard, Batching.of(5, Duration.ZERO), new Edge(WhenFull.block(), 8))
                .sink("other", evens, Batching.DEFAULT, new Edge(WhenFull.block(), 8))
                .sink("beside", rest));

        assertThat(report.failed()).isTrue();
        assertThat(report.abandoned()).isEmpty();
        assertThat(threes.flushes()).isEqualTo(1);
        assertThat(evens.flushes()).isEqualTo(1);
        assertThat(rest.flushes()).isEqualTo(1);
        assertThat(sink(report, "other").inFlight()).isZero();
    }

    @Test
    void aChoosingSinkBehindAnEdgeChoosesBeforeItsRing() {
        var choosing = new Sink<Cell>() {
            @Override
            public void write(Batch<Cell> batch) throws Exception {
                threes.write(batch);
            }

            @Override
            public boolean chooses() {
                return true;
            }

            @Override
            public boolean wants(Cell cell) {
                return cell.value % 3 == 0;
            }
        };

        Report report = run(builder(COUNT).sink("threes", choosing, Batching.DEFAULT, new Edge(WhenFull.block(), 8)));

        assertThat(threes.values()).hasSize(100);
        assertThat(sink(report, "threes").notWanted()).isEqualTo(200);
        assertThat(report.segments().get(1).received()).isEqualTo(100);
        assertThat(report.accounts().filtered()).isEqualTo(200);
    }

    @Test
    void badRoutesAreRefused() {
        assertThatThrownBy(() -> builder(1).routes("none", to -> {}).build())
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("routes none: 0 routes (expected: from 1 to 127)");
        assertThatThrownBy(() -> builder(1)
                        .routes("part", to -> to.when(cell -> true).otherwise().sink("rest", rest))
                        .build())
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("route 1 has no sink");
        assertThatThrownBy(() -> builder(1).routes("part", to -> to.sink("early", rest)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("early");
        assertThatThrownBy(() -> builder(1).routes("part", to -> to.otherwise().when(cell -> true)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("otherwise");
    }
}
