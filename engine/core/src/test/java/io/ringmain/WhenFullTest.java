package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.kit.PortableCell;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Publication;
import io.ringmain.spi.Publisher;
import io.ringmain.spi.Source;
import io.ringmain.testing.CollectingSink;
import io.ringmain.testing.StepRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What publishers, sources and edges meet where there is no room. */
@Timeout(20)
@ExtendWith(NoThreadLeft.class)
class WhenFullTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private final StepRunner runner = new StepRunner(1);
    private final CollectingSink<Cell, Long> sink = new CollectingSink<>(cell -> cell.value);

    private PipelineBuilder<Cell, Cell> builder(WhenFull whenFull, int bound) {
        return Pipeline.of("full", new PortableCell())
                .whenFailed(WhenFailed.stop())
                .whenFull(whenFull)
                .bound(bound);
    }

    private Pipeline<Cell> stepped(WhenFull whenFull, int bound) {
        return builder(whenFull, bound).runner(runner).sink("out", sink).build();
    }

    private static Publication publish(Pipeline<Cell> pipeline, long value) {
        return pipeline.publisher().publish((cell, number) -> cell.value = number, value);
    }

    private static Publication publishBatch(Pipeline<Cell> pipeline, int count, long from) {
        return pipeline.publisher().publishBatch(count, (cell, index, first) -> cell.value = first + index, from);
    }

    private WhenFull policy(String name) {
        return switch (name) {
            case "oldest" -> WhenFull.dropOldest();
            case "adaptive" -> WhenFull.adaptiveSample(1);
            case "shed" -> WhenFull.shed(Cell.class, cell -> (int) cell.value);
            case "spill" -> WhenFull.spill(folder.resolve("full.spill"), 4096);
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "adaptive", "shed", "spill"})
    void whatIsPublishedBeforeTheStartWaitsInTheRoom(String name) {
        try (Pipeline<Cell> pipeline = stepped(policy(name), 4)) {
            assertThat(publish(pipeline, 1)).isEqualTo(Publication.PUBLISHED);

            Report before = pipeline.report();
            assertThat(before.edges().get(0).waiting()).isEqualTo(1);
            assertThat(before.accounts().inFlight()).isEqualTo(1);
            assertThat(pipeline.measuredAccounts().get(0)).isEqualTo(before.accounts());

            assertThat(pipeline.start().drain(SOON).succeeded()).isTrue();
        }
        assertThat(sink.values()).containsExactly(1L);
    }

    @Test
    void whatWaitsWhenAPipelineIsClosedUnstartedIsCountedAsLeft() throws Exception {
        Path file = folder.resolve("full.spill");
        Pipeline<Cell> pipeline = stepped(WhenFull.spill(file, 4096), 4);
        publishBatch(pipeline, 4, 0);
        publishBatch(pipeline, 4, 4);
        assertThat(pipeline.report().edges().get(0).spilledBytes()).isPositive();
        assertThat(Files.size(file)).isPositive();

        Report report = pipeline.drain(SOON);

        assertThat(report.left()).containsExactly(new Report.Left("intake", 8));
        assertThat(report.accounts().inFlight()).isEqualTo(8);
        assertThat(file).doesNotExist();
        assertThat(publish(pipeline, 9)).isEqualTo(Publication.CLOSED);
    }

    @Test
    void tryPublishNeverEvicts() {
        try (Pipeline<Cell> pipeline = stepped(WhenFull.dropOldest(), 2)) {
            Publisher<Cell> publisher = pipeline.publisher();
            assertThat(publisher.tryPublish(cell -> cell.value = 1)).isEqualTo(Publication.PUBLISHED);
            assertThat(publisher.tryPublishBatch(2, (cell, index, none) -> cell.value = 9, ""))
                    .isEqualTo(Publication.FULL);
            assertThat(publisher.tryPublish((cell, value) -> cell.value = value, 2L))
                    .isEqualTo(Publication.PUBLISHED);
            assertThat(publisher.tryPublish(cell -> cell.value = 9)).isEqualTo(Publication.FULL);

            Report report = pipeline.start().drain(SOON);

            assertThat(report.refused()).isEqualTo(3);
            assertThat(report.accounts()).isEqualTo(new Accounts(2, 2, 0, 0, Map.of(), 0, 0, 0, 0));
        }
        assertThat(sink.values()).containsExactly(1L, 2L);
    }

    @Test
    void aBatchMayHaveAtMostTheBound() {
        try (Pipeline<Cell> pipeline = stepped(WhenFull.dropOldest(), 5000)) {
            assertThat(publishBatch(pipeline, WhenFull.RING_BEHIND_ROOM_MAX, 0)).isEqualTo(Publication.PUBLISHED);
            assertThatThrownBy(() -> publishBatch(pipeline, WhenFull.RING_BEHIND_ROOM_MAX + 1, 0))
                    .hasMessageStartingWith("count: 1025 (expected: from 1 to 1024");
        }
    }

    @Test
    void aFillerThatThrowsCostsNobodyHisPlace() {
        try (Pipeline<Cell> pipeline = stepped(WhenFull.dropOldest(), 2)) {
            publish(pipeline, 1);
            publish(pipeline, 2);
            var failure = new IllegalStateException("no value");

            assertThatThrownBy(() -> pipeline.publisher()
                            .publishBatch(
                                    2,
                                    (cell, index, none) -> {
                                        if (index == 1) {
                                            throw failure;
                                        }
                                    },
                                    ""))
                    .isSameAs(failure);
            assertThatThrownBy(() -> pipeline.publisher().publish(cell -> {
                        throw failure;
                    }))
                    .isSameAs(failure);

            Report report = pipeline.start().drain(SOON);
            assertThat(report.accounts()).isEqualTo(new Accounts(2, 2, 0, 0, Map.of(), 0, 0, 0, 0));
        }
        assertThat(sink.values()).containsExactly(1L, 2L);
    }

    @Test
    void aFillerMayNotPublishWhereEventsWait() {
        try (Pipeline<Cell> pipeline = stepped(WhenFull.dropOldest(), 2)) {
            assertThatThrownBy(() -> pipeline.publisher().publish(cell -> publish(pipeline, 1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("called by a filler (expected: after it)");
            assertThat(publish(pipeline, 2)).isEqualTo(Publication.PUBLISHED);

            pipeline.start().drain(SOON);
        }
        assertThat(sink.values()).containsExactly(2L);
    }

    @Test
    void aStageMayPublishWhereEventsWait() {
        Pipeline<?>[] self = new Pipeline<?>[1];
        try (Pipeline<Cell> pipeline = builder(WhenFull.dropOldest(), 100)
                .runner(runner)
                .transform("again", cell -> {
                    if (cell.value > 0) {
                        @SuppressWarnings("unchecked") // The only pipeline of this test.
                        Pipeline<Cell> own = (Pipeline<Cell>) self[0];
                        publish(own, cell.value - 1);
                    }
                })
                .sink("out", sink)
                .build()) {
            self[0] = pipeline;
            pipeline.start();
            publish(pipeline, 5);
            runner.stepWhilePossible();

            assertThat(pipeline.drain(SOON).succeeded()).isTrue();
        }
        assertThat(sink.values()).containsExactly(5L, 4L, 3L, 2L, 1L, 0L);
    }

    @Test
    void aBatchOfWhichNothingIsTakenIsDropped() {
        try (Pipeline<Cell> pipeline = stepped(WhenFull.shed(Cell.class, cell -> (int) cell.value), 2)) {
            assertThat(publishBatch(pipeline, 2, 5)).isEqualTo(Publication.PUBLISHED);
            assertThat(publishBatch(pipeline, 2, 0)).isEqualTo(Publication.DROPPED);
            assertThat(publishBatch(pipeline, 2, 4)).as("4 matters less than 5").isEqualTo(Publication.DROPPED);
            assertThat(publishBatch(pipeline, 2, 6)).isEqualTo(Publication.PUBLISHED);

            Report report = pipeline.start().drain(SOON);

            assertThat(report.accounts().dropped()).isEqualTo(Map.of("shed", 6L));
        }
        assertThat(sink.values()).containsExactly(6L, 7L);
    }

    @Test
    void anEventWithoutPriorityGoesFirstAndIsRecorded() {
        WhenFull shed = WhenFull.shed(Cell.class, cell -> {
            if (cell.value == 3) {
                throw new IllegalArgumentException("no severity");
            }
            return 1;
        });
        try (Pipeline<Cell> pipeline = stepped(shed, 2)) {
            publish(pipeline, 3);
            publish(pipeline, 4);
            publish(pipeline, 5);

            Report report = pipeline.start().drain(SOON);

            assertThat(report.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.where()).isEqualTo("intake");
                assertThat(failure.message()).isEqualTo("no severity");
                assertThat(failure.count()).isEqualTo(1);
            });
        }
        assertThat(sink.values()).containsExactly(4L, 5L);
    }

    @Test
    void aTimedPublicationIsRefusedWhenTheTimeIsOver() {
        try (Pipeline<Cell> pipeline = stepped(WhenFull.blockFor(Duration.ofMillis(5)), 2)) {
            publishBatch(pipeline, 2, 1);
            assertThat(publish(pipeline, 3)).isEqualTo(Publication.FULL);
            assertThat(runner.clock().nowNs()).isEqualTo(5_000_000);

            Report report = pipeline.start().drain(SOON);

            assertThat(report.refused()).isEqualTo(1);
            assertThat(report.accounts().received()).isEqualTo(2);
            assertThat(report.edges().get(0).blocked()).containsExactly(new Report.Blocked("ring_full", 1, 5_000_000));
        }
    }

    @Test
    void aTimedPublicationOnThreadsIsRefusedToo() {
        try (Pipeline<Cell> pipeline = builder(WhenFull.blockFor(Duration.ofMillis(20)), 2)
                .sink("out", sink)
                .build()) {
            publishBatch(pipeline, 2, 1);
            assertThat(publish(pipeline, 3)).isEqualTo(Publication.FULL);
            assertThat(pipeline.report().edges().get(0).blocked())
                    .singleElement()
                    .satisfies(blocked -> assertThat(blocked.ns()).isGreaterThanOrEqualTo(20_000_000));
            pipeline.start();
        }
        assertThat(sink.values()).containsExactly(1L, 2L);
    }

    @Test
    void aSpillThatCannotBeOpenedEndsTheStart() throws Exception {
        Path file = folder.resolve("diary.txt");
        Files.writeString(file, "dear diary, nothing of this is an event");
        Pipeline<Cell> pipeline = stepped(WhenFull.spill(file, 4096), 2);
        publishBatch(pipeline, 2, 0);
        assertThat(publish(pipeline, 3)).isEqualTo(Publication.DROPPED);

        assertThatThrownBy(pipeline::start)
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("something else is there");

        assertThat(pipeline.report().accounts().dropped()).isEqualTo(Map.of("spill_failed", 1L));
        assertThat(file).hasContent("dear diary, nothing of this is an event");
    }

    @Test
    void anEdgeThatSpillsLeavesNoFile() {
        Path file = folder.resolve("edge.spill");
        try (Pipeline<Cell> pipeline = builder(WhenFull.block(), 64)
                .runner(runner)
                .edge(WhenFull.spill(file, 100_000))
                .bound(2)
                .throttle("slow", 1000, 1)
                .sink("out", sink)
                .build()
                .start()) {
            assertThat(file).exists();
            for (int i = 0; i < 100; i++) {
                publish(pipeline, i);
            }
            runner.stepWhilePossible();
            Report live = pipeline.report();
            assertThat(live.edges().get(1).name()).isEqualTo("edge-1");
            assertThat(live.edges().get(1).spilledBytes()).isPositive();
            assertThat(live.edges().get(1).waiting()).isGreaterThan(2);

            assertThat(pipeline.drain(SOON).succeeded()).isTrue();
        }
        assertThat(sink.values()).hasSize(100).isSorted();
        assertThat(file).doesNotExist();
    }

    @Test
    void whatWaitsAtTheDeadlineIsCountedAsLeft() {
        try (Pipeline<Cell> pipeline = builder(WhenFull.dropOldest(), 8)
                .runner(runner)
                .throttle("slow", 1, 1)
                .sink("out", sink)
                .build()
                .start()) {
            publishBatch(pipeline, 8, 0);
            runner.stepWhilePossible();
            publishBatch(pipeline, 8, 8);
            runner.stepWhilePossible();

            Report report = pipeline.drain(Duration.ZERO);

            assertThat(report.left()).first().satisfies(left -> {
                assertThat(left.lane()).isEqualTo("intake");
                assertThat(left.count()).isPositive();
            });
            assertThat(report.accounts().inFlight() + report.accounts().delivered())
                    .isEqualTo(16);
            assertThat(report.accounts().balanced()).isTrue();
        }
    }

    /** Gives numbers without end; whether it can wait is for the test to say. */
    private record Numbers(long from, boolean delayable) implements Source<Cell> {
        @Override
        public Status fill(Intake<Cell> intake, int max) {
            for (int i = 0; i < max; i++) {
                intake.claim(0).value = from;
            }
            return Status.READY;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"block", "oldest"})
    void sourcesThatCanWaitAreSlowedFirst(String policy) {
        WhenFull whenFull = policy.equals("block") ? WhenFull.block() : WhenFull.dropOldest();
        boolean[] bursting = new boolean[1];
        Source<Cell> urgent = new Source<>() {
            @Override
            public Status fill(Intake<Cell> intake, int max) {
                if (!bursting[0]) {
                    return Status.IDLE;
                }
                bursting[0] = false;
                for (int i = 0; i < Math.min(max, 10); i++) {
                    intake.claim(i).value = 1000L + i;
                }
                return Status.READY;
            }

            @Override
            public boolean delayable() {
                return false;
            }
        };
        try (Pipeline<Cell> pipeline = builder(whenFull, 100)
                .source("file", new Numbers(1, true))
                .source("socket", urgent)
                .throttle("stop", 0.001, 1)
                .runner(runner)
                .sink("out", sink)
                .build()
                .start()) {
            runner.stepWhilePossible();
            long slowed = pipeline.report().sources().get(0).received();
            assertThat(pipeline.report().accounts().droppedInAll()).isZero();

            bursting[0] = true;
            runner.clock().advance(20_000_000);
            runner.stepWhilePossible();

            Report report = pipeline.report();
            assertThat(report.sources().get(0).received())
                    .as("what can wait waits")
                    .isEqualTo(slowed);
            assertThat(report.sources().get(1).received())
                    .as("what cannot finds room")
                    .isEqualTo(10);
            assertThat(report.accounts().droppedInAll()).isZero();
            assertThat(report.edges().get(0).blocked())
                    .extracting(Report.Blocked::why)
                    .contains("room_reserved");
            pipeline.drain(Duration.ZERO);
        }
    }

    @Test
    void nothingIsReservedWhereAllSourcesCanWait() {
        try (Pipeline<Cell> pipeline = builder(WhenFull.block(), 100)
                .source("file", new Numbers(1, true))
                .source("log", new Numbers(2, true))
                .throttle("stop", 0.001, 1)
                .runner(runner)
                .sink("out", sink)
                .build()
                .start()) {
            runner.stepWhilePossible();

            assertThat(pipeline.report().accounts().received()).isBetween(100L, 102L);
            pipeline.drain(Duration.ZERO);
        }
    }

    @Test
    void aWrongPolicyIsRefusedWhenThePipelineIsBuilt() {
        Path file = folder.resolve("twice.spill");
        assertThatThrownBy(() -> Pipeline.of("full", Cell.TYPE)
                        .whenFailed(WhenFailed.stop())
                        .whenFull(WhenFull.spill(file, 4096))
                        .edge(WhenFull.shed(String.class, String::length))
                        .edge(WhenFull.spill(file, 4096))
                        .sink("out", sink)
                        .build())
                .isInstanceOfSatisfying(PipelineException.class, problem -> assertThat(problem.problems())
                        .containsExactly(
                                "whenFull: spill over an event type that cannot be written (expected: Portable);"
                                        + " implement Portable, or choose another policy",
                                "edge-1.whenFull: shed by the priority of java.lang.String, of which the events are none"
                                        + " (expected: the type of the events)",
                                "edge-2.whenFull: spill over an event type that cannot be written (expected: Portable);"
                                        + " implement Portable, or choose another policy",
                                "edge-2.whenFull: spill to " + file
                                        + ", as another edge does (expected: a file for each)"));
        for (WhenFull whenFull : List.of(WhenFull.dropOldest(), WhenFull.adaptiveSample(1))) {
            assertThatThrownBy(() -> Pipeline.of("full", Cell::new)
                            .whenFailed(WhenFailed.stop())
                            .whenFull(whenFull)
                            .sink("out", sink)
                            .build())
                    .hasMessageContaining("over an event type that cannot be copied (expected: copyable)");
        }
    }
}
