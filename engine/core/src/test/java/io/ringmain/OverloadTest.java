package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.kit.Cell;
import io.ringmain.kit.PortableCell;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Publication;
import io.ringmain.spi.Source;
import io.ringmain.testing.CollectingSink;
import io.ringmain.testing.StepRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** More events than the sink can take, for a while on the virtual clock: each policy does what it says, and every event is accounted for. */
@Timeout(120)
class OverloadTest {

    private static final int BOUND = 200;
    private static final long MS = 1_000_000;
    private static final long SPILL_BYTES = 10_000_000;

    /** Where the events come from, and so where the policy stands. */
    enum Way {
        PUBLISHER,
        SOURCE,
        EDGE
    }

    @TempDir
    private Path folder;

    private final StepRunner runner = new StepRunner(3);
    private final PortableCell type = new PortableCell();
    private final CollectingSink<Cell, Long> sink = new CollectingSink<>(cell -> cell.value);
    private long offered;
    private long made;

    /** Gives as many events as the clock says. */
    private final class Paced implements Source<Cell> {

        private final IntUnaryOperator perMs;
        private final int forMs;
        private long atMs = -1;
        private long due;

        Paced(IntUnaryOperator perMs, int forMs) {
            this.perMs = perMs;
            this.forMs = forMs;
        }

        @Override
        public Status fill(Intake<Cell> intake, int max) {
            while (atMs < Math.min(forMs - 1, runner.clock().nowNs() / MS)) {
                atMs++;
                due += perMs.applyAsInt((int) atMs);
            }
            for (int i = 0; i < max && offered < due; i++) {
                intake.claim(offered).value = offered;
                offered++;
            }
            if (offered < due) {
                return Status.READY;
            }
            return atMs == forMs - 1 ? Status.END : Status.IDLE;
        }
    }

    /** Runs {@code perMs} events a millisecond for {@code forMs} against a sink that takes {@code sinkPerSecond}. */
    private Report run(Way way, WhenFull whenFull, IntUnaryOperator perMs, int forMs, int sinkPerSecond) {
        PipelineBuilder<Cell, Cell> builder = Pipeline.of("overload", type)
                .runner(runner)
                .whenFailed(WhenFailed.stop())
                .drainWithin(Duration.ofHours(100));
        builder = switch (way) {
            case PUBLISHER -> builder.whenFull(whenFull).bound(BOUND);
            case SOURCE ->
                builder.source("paced", new Paced(perMs, forMs))
                        .whenFull(whenFull)
                        .bound(BOUND);
            case EDGE -> builder.edge(whenFull).bound(BOUND);
        };
        try (Pipeline<Cell> pipeline =
                builder.throttle("slow", sinkPerSecond, 1).sink("out", sink).build()) {
            made = type.made();
            pipeline.start();
            if (way == Way.SOURCE) {
                return pipeline.await();
            }
            for (int ms = 0; ms < forMs; ms++) {
                runner.clock().advanceTo(ms * MS);
                for (int i = 0; i < perMs.applyAsInt(ms); i++) {
                    Publication outcome = pipeline.publisher().publish((cell, value) -> cell.value = value, offered);
                    offered += outcome == Publication.FULL ? 0 : 1;
                }
                runner.stepWhilePossible();
                // The fastest sink here takes an event each half millisecond.
                runner.clock().advanceTo(ms * MS + MS / 2);
                runner.stepWhilePossible();
            }
            pipeline.endInput();
            return pipeline.await();
        }
    }

    /** What holds whatever the policy. */
    private void checkExact(Way way, Report report) {
        Accounts all = report.accounts();
        Accounts entered = report.segments().get(report.segments().size() - 1);
        assertThat(report.succeeded()).isTrue();
        assertThat(type.made()).as("events made while it ran").isEqualTo(made);
        assertThat(all.received()).isEqualTo(offered);
        assertThat(entered.received()).isEqualTo(offered);
        assertThat(entered.balanced()).isTrue();
        assertThat(entered.delivered()).isEqualTo(sink.values().size());
        assertThat(entered.droppedInAll()).isEqualTo(offered - sink.values().size());
        assertThat(sink.values()).isSorted().doesNotHaveDuplicates();
        Report.EdgeReport edge = report.edges().get(way == Way.EDGE ? 1 : 0);
        assertThat(edge.dropRate()).isEqualTo((double) entered.droppedInAll() / offered);
        assertThat(edge.processed()).isEqualTo(entered.delivered());
        assertThat(edge.waiting()).isZero();
    }

    private Report overloaded(Way way, WhenFull whenFull) {
        Report report = run(way, whenFull, ms -> 10, 1000, 1000);
        checkExact(way, report);
        return report;
    }

    private static Accounts last(Report report) {
        return report.segments().get(report.segments().size() - 1);
    }

    @ParameterizedTest
    @EnumSource
    void blockLosesNothing(Way way) {
        Report report = overloaded(way, WhenFull.block());

        assertThat(sink.values()).hasSize(10_000);
        assertThat(last(report).droppedInAll()).isZero();
        assertThat(report.edges().get(0).blocked()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void blockForHoldsBackOnlySoLong(Way way) {
        Report report = overloaded(way, WhenFull.blockFor(Duration.ofNanos(MS / 2)));

        if (way == Way.PUBLISHER) {
            // Each call waits half a millisecond: in that time the sink takes every other event.
            assertThat(offered + report.refused()).isEqualTo(10_000);
            assertThat(last(report).droppedInAll()).isZero();
        } else {
            assertThat(offered).isEqualTo(10_000);
            assertThat(last(report).dropped()).containsOnlyKeys("dropped_newest");
        }
        assertThat(sink.values().size()).isBetween(1000, way == Way.PUBLISHER ? 6000 : 2500);
    }

    @ParameterizedTest
    @EnumSource
    void dropNewestKeepsWhatCameFirst(Way way) {
        Report report = overloaded(way, WhenFull.dropNewest());

        assertThat(last(report).dropped()).containsOnlyKeys("dropped_newest");
        assertThat(sink.values().size()).isBetween(1000, 1500);
        assertThat(sink.values().subList(0, 100)).last().isEqualTo(99L);
    }

    @ParameterizedTest
    @EnumSource
    void dropOldestKeepsWhatCameLast(Way way) {
        Report report = overloaded(way, WhenFull.dropOldest());

        List<Long> values = sink.values();
        assertThat(last(report).dropped()).containsOnlyKeys("dropped_oldest");
        assertThat(values.size()).isBetween(1000, 1500);
        assertThat(values.subList(values.size() - BOUND, values.size()))
                .as("the room at the end")
                .first()
                .isEqualTo(10_000L - BOUND);
    }

    @ParameterizedTest
    @EnumSource
    void samplingTakesItsShareWhateverComes(Way way) {
        Report report = overloaded(way, WhenFull.sample(0.1, 5));

        assertThat(last(report).dropped()).containsOnlyKeys("sampled");
        assertThat(sink.values().size()).isBetween(900, 1100);
    }

    @ParameterizedTest
    @EnumSource
    void adaptiveSamplingTakesLessTheFullerItIs(Way way) {
        Report report = overloaded(way, WhenFull.adaptiveSample(5));

        assertThat(last(report).dropped()).containsKey("sampled");
        assertThat(sink.values().size()).isBetween(1000, 1500);
        assertThat(sink.values().subList(0, 100))
                .as("all while there is room")
                .last()
                .isEqualTo(99L);
    }

    @ParameterizedTest
    @EnumSource
    void sheddingKeepsWhatMattersMost(Way way) {
        Report report =
                overloaded(way, WhenFull.shed(Cell.class, cell -> cell.value % 10 == 0 ? 9 : (int) cell.value % 3));

        List<Long> values = sink.values();
        assertThat(last(report).dropped()).containsOnlyKeys("shed");
        assertThat(values.size()).isBetween(1000, 1500);
        assertThat(values.stream().filter(value -> value % 10 == 0).count())
                .as("of 1,000 that matter most, almost as many as the sink could take")
                .isGreaterThan(990);
    }

    @ParameterizedTest
    @EnumSource
    void spillingLosesNothingAndKeepsTheOrder(Way way) throws Exception {
        Path file = folder.resolve("overload.spill");

        Report report = overloaded(way, WhenFull.spill(file, SPILL_BYTES));

        assertThat(sink.values()).hasSize(10_000);
        assertThat(last(report).droppedInAll()).isZero();
        assertThat(Files.exists(file)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aSpillThatIsFullDropsAndCounts(Way way) {
        Report report = overloaded(way, WhenFull.spill(folder.resolve("small.spill"), 4096));

        assertThat(last(report).dropped()).containsOnlyKeys("spill_full");
        assertThat(sink.values().size()).isBetween(1000, 1700);
    }

    /** A second of 100 times as much, then as little again as the sink can take. */
    private Report burst(Way way, WhenFull whenFull) {
        Report report = run(way, whenFull, ms -> ms >= 100 && ms < 1100 ? 100 : 1, 3000, 2000);
        checkExact(way, report);
        return report;
    }

    private List<Long> calmAfterTheBurst() {
        long first = offered - 1000;
        return sink.values().stream().filter(value -> value >= first).toList();
    }

    @ParameterizedTest
    @EnumSource
    void aBurstIsHeldBackByBlock(Way way) {
        burst(way, WhenFull.block());

        assertThat(sink.values()).hasSize(100 + 100_000 + 1900);
    }

    @ParameterizedTest
    @EnumSource
    void aBurstIsSpilledAndReadBack(Way way) {
        Report report = burst(way, WhenFull.spill(folder.resolve("burst.spill"), SPILL_BYTES));

        assertThat(sink.values()).hasSize(100 + 100_000 + 1900);
        assertThat(report.edges().get(way == Way.EDGE ? 1 : 0).spilledBytes()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aBurstCostsOldEventsAndNoneOfTheCalmAfterIt(Way way) {
        burst(way, WhenFull.dropOldest());

        assertThat(calmAfterTheBurst()).hasSize(1000);
        assertThat(sink.values().size()).isBetween(100 + 1900 + 1900, 100 + 2500 + 1900);
    }

    @ParameterizedTest
    @EnumSource
    void aBurstCostsNewEventsAndNoneOfTheCalmAfterIt(Way way) {
        burst(way, WhenFull.dropNewest());

        assertThat(calmAfterTheBurst()).hasSize(1000);
        assertThat(sink.values().size()).isBetween(100 + 1900 + 1900, 100 + 2500 + 1900);
    }

    @ParameterizedTest
    @EnumSource
    void aBurstIsThinnedAndTheCalmAfterItIsNot(Way way) {
        burst(way, WhenFull.adaptiveSample(11));

        assertThat(calmAfterTheBurst()).hasSize(1000);
        assertThat(sink.values().size()).isBetween(100 + 1900 + 1900, 100 + 2500 + 1900);
    }

    @ParameterizedTest
    @EnumSource
    void aBurstCostsWhatMattersLeast(Way way) {
        burst(way, WhenFull.shed(Cell.class, cell -> cell.value % 100 == 0 ? 7 : 0));

        assertThat(calmAfterTheBurst()).hasSize(1000);
        assertThat(sink.values().stream().filter(value -> value % 100 == 0).count())
                .as("one in a hundred matters, and there is room for all of those")
                .isEqualTo((offered + 99) / 100);
    }
}
