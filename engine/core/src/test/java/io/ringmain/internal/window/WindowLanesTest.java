package io.ringmain.internal.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.Pipeline;
import io.ringmain.PipelineBuilder;
import io.ringmain.PipelineException;
import io.ringmain.PipelineState;
import io.ringmain.Report;
import io.ringmain.config.Checkpointing;
import io.ringmain.config.Replaying;
import io.ringmain.config.WhenFailed;
import io.ringmain.internal.window.LanesPlan.Given;
import io.ringmain.internal.window.WindowHarness.Case;
import io.ringmain.internal.window.WindowHarness.Event;
import io.ringmain.internal.window.WindowHarness.Row;
import io.ringmain.kit.MemoryJournal;
import io.ringmain.spi.CheckpointStore;
import io.ringmain.spi.Sink;
import io.ringmain.testing.StepRunner;
import io.ringmain.window.Aggregations;
import io.ringmain.window.EventTime;
import io.ringmain.window.Windowing;
import io.ringmain.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A window whose work several lanes share gives what one lane gives, byte for byte. {@code -Dringmain.seed=N} runs only that seed. */
@Timeout(120)
class WindowLanesTest {

    private static final int EVENTS_MAX = 200;
    private static final int STEPS_MAX = 200_000;
    private static final Logger ENGINE = Logger.getLogger("io.ringmain");

    @BeforeAll
    static void silence() {
        // Events without a time are part of the streams.
        ENGINE.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        ENGINE.setLevel(null);
    }

    /** One test of one seed. */
    private interface Seeded {
        void run(long seed) throws Exception;
    }

    private static void eachSeed(int count, Seeded test) throws Exception {
        Long only = Long.getLong("ringmain.seed");
        for (long seed = only == null ? 0 : only; seed < (only == null ? count : only + 1); seed++) {
            try {
                test.run(seed);
            } catch (Exception | AssertionError broken) {
                throw new AssertionError("seed " + seed + ": " + broken.getMessage(), broken);
            }
        }
    }

    /** Moves the run and its clock, with changes of lanes, until it ends or has done so many steps; returns whether it has ended. */
    private static boolean run(StepRunner runner, Pipeline<Event> pipeline, int steps, SplittableRandom chance) {
        int lanes = hasLanes(pipeline) ? pipeline.partitions("window").lanesMax() : 1;
        int rarity = 2 + chance.nextInt(200);
        for (int i = 0; i < steps && pipeline.state() != PipelineState.CLOSED; i++) {
            if (lanes > 1 && chance.nextInt(rarity) == 0) {
                pipeline.partitions("window").lanes(1 + chance.nextInt(lanes));
            }
            runner.step();
            runner.clock().advance(1);
        }
        return pipeline.state() == PipelineState.CLOSED;
    }

    private static boolean hasLanes(Pipeline<Event> pipeline) {
        return pipeline.report().stages().stream()
                .anyMatch(stage -> stage.name().equals("window.add"));
    }

    private static void balances(Pipeline<Event> pipeline) {
        Report report = pipeline.report();
        assertThat(report.failed()).as("%s", report.failures()).isFalse();
        assertThat(report.segments()).allMatch(segment -> segment.balanced());
    }

    /** What one would write down of the one source. */
    private static WindowModel model(LanesPlan plan) {
        WindowModel model = plan.of.model();
        for (Given given : plan.given.get(0)) {
            if (given.hasTime() && (given.isKept() || !plan.isFiltered())) {
                model.add(0, given.timeNs(), given.key(), given.value());
            }
        }
        model.end();
        return model;
    }

    private static LanesPlan plan(long seed) {
        return new LanesPlan(seed, 1, EVENTS_MAX);
    }

    private static LanesPlan runAt(long seed, int lanes) {
        LanesPlan plan = plan(seed);
        var chance = new SplittableRandom(~seed ^ lanes);
        var runner = new StepRunner(seed + 1000L * lanes);
        PipelineBuilder<Event, Row> builder = plan.describe(lanes, chance).runner(runner);
        plan.feed(builder);
        Pipeline<Event> pipeline = builder.build().start();
        assertThat(run(runner, pipeline, STEPS_MAX, chance)).isTrue();
        balances(pipeline);
        return plan;
    }

    @Test
    void anyNumberOfLanesGivesWhatOneWouldWriteDown() throws Exception {
        eachSeed(250, seed -> {
            LanesPlan alone = runAt(seed, 1);
            if (alone.isPlain()) {
                WindowModel model = model(alone);
                assertThat(alone.rows).isEqualTo(model.rows());
                assertThat(alone.late).isEqualTo(model.late());
            }
            for (int lanes = 2; lanes <= 4; lanes++) {
                LanesPlan shared = runAt(seed, lanes);
                assertThat(shared.rows).as("%d lanes", lanes).isEqualTo(alone.rows);
                assertThat(shared.late).as("late at %d lanes", lanes).isEqualTo(alone.late);
            }
        });
    }

    /** Several sources, some of which are silent or end; with ticks, and times that are ahead. */
    @Test
    void aReplayGivesTheSameAtAnyNumberOfLanes() throws Exception {
        eachSeed(100, seed -> {
            var chance = new SplittableRandom(~seed);
            int lanes = 1 + (int) (seed % 4);
            LanesPlan recorded = new LanesPlan(seed, 3, EVENTS_MAX);
            var journal = new MemoryJournal();
            var runner = new StepRunner(seed);
            PipelineBuilder<Event, Row> builder =
                    recorded.describe(lanes, chance).runner(runner).journal(journal);
            recorded.feed(builder);
            Pipeline<Event> pipeline = builder.build().start();
            assertThat(run(runner, pipeline, STEPS_MAX, chance)).isTrue();
            balances(pipeline);

            for (int again = 1; again <= 4; again++) {
                LanesPlan replayed = new LanesPlan(seed, 3, EVENTS_MAX);
                PipelineBuilder<Event, Row> description = replayed.describe(again, chance)
                        .runner(new StepRunner(seed + again))
                        .replaying(journal.reader(), Replaying.ALL);
                replayed.feed(description);
                Pipeline<Event> replay = description.build();
                replay.start().await();
                balances(replay);

                assertThat(replayed.rows).as("%d lanes after %d", again, lanes).isEqualTo(recorded.rows);
                assertThat(replayed.late).as("late").isEqualTo(recorded.late);
            }
        });
    }

    /** Many keys in few panes, so that lanes are busy and apart, and a checkpoint now and then. */
    @Test
    void threadsGiveWhatOneLaneGives() {
        LanesPlan alone = new LanesPlan(3, 1, 200_000);
        assertThat(alone.given.get(0)).hasSizeGreaterThan(50_000);
        List<String> expected = threaded(alone, 1).rows;
        assertThat(expected).hasSizeGreaterThan(10_000);

        for (int lanes : List.of(2, 4)) {
            LanesPlan shared = threaded(new LanesPlan(3, 1, 200_000), lanes);
            assertThat(shared.rows).as("%d lanes", lanes).isEqualTo(expected);
            assertThat(shared.late).isEqualTo(alone.late).isNotEmpty();
        }
    }

    private static LanesPlan threaded(LanesPlan plan, int lanes) {
        PipelineBuilder<Event, Row> builder = plan.describe(lanes, new SplittableRandom(lanes))
                .checkpoints(new Checkpointing(new Store(), Duration.ofMillis(5)));
        plan.feed(builder);
        Pipeline<Event> pipeline = builder.build().start();
        pipeline.await();
        balances(pipeline);
        return plan;
    }

    private static PipelineBuilder<Event, Row> small(Windowing<Event> windowing, List<Given> given, List<String> rows) {
        PipelineBuilder<Event, Row> builder = Pipeline.of("small", LanesPlan.TYPE)
                .runner(new StepRunner(1))
                .whenFailed(WhenFailed.skip())
                .window("window", LanesPlan.ROWS, windowing, WindowHarness::write)
                .sink("rows", Sink.each(row -> rows.add(row.text)));
        return builder.source("source0", LanesPlan.listed(given));
    }

    @Test
    void sessionsHaveOneLane() {
        Windowing<Event> windowing =
                new Case(new Windows.Session(10), 0, List.of(0L)).windowing().lanes(2);

        assertThatThrownBy(() -> small(windowing, List.of(), new ArrayList<>()).build())
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining(
                        "window window.lanes: 2 over Session[gapNs=10] (expected: 1, or windows at fixed places)");
    }

    @Test
    void anEventWithoutTimeFailsInFrontOfTheLanes() {
        Windowing<Event> windowing = new Case(new Windows.Aligned(10, 10, 0), 0, List.of(0L))
                .windowing()
                .lanes(2);
        List<String> rows = new ArrayList<>();

        Report report = small(windowing, List.of(new Given(3, "a", 1), new Given(EventTime.NONE, "a", 1)), rows)
                .build()
                .start()
                .await();

        assertThat(rows).containsExactly("0..10 a 1 1 FINAL");
        assertThat(report.failures().toString()).contains("window.key").contains("no timestamp");
        assertThat(report.accounts().dropped().values()).containsExactly(1L);
    }

    /** Its siblings may be ahead of it, in the middle of a pane. */
    @Test
    void whereALaneEndsTheRunWindowsThatAreOpenAreNotGiven() {
        Windowing<Event> plain = new Case(new Windows.Aligned(10, 10, 0), 0, List.of(0L))
                .windowing()
                .lanes(2);
        Windowing<Event> failing = plain.compute(Aggregations.sum(event -> {
            if (event.value == 13) {
                throw new AssertionError("a lane breaks");
            }
            return 0;
        }));
        List<String> rows = new ArrayList<>();

        Report report = small(
                        failing,
                        List.of(
                                new Given(3, "a", 1),
                                new Given(13, "a", 1),
                                new Given(14, "b", 13),
                                new Given(15, "a", 1)),
                        rows)
                .build()
                .start()
                .await();

        assertThat(report.failed()).isTrue();
        assertThat(rows).containsExactly("0..10 a 1 1 COMPLETE");
    }

    /** What outlives a run. */
    private static final class Store implements CheckpointStore {

        private byte @Nullable [] last;

        @Override
        public byte @Nullable [] read() {
            return last;
        }

        @Override
        public void write(byte[] checkpoint) {
            last = checkpoint.clone();
        }
    }

    @Test
    void aRunThatIsGivenUpAnywhereIsContinuedWithAnotherNumberOfLanes() throws Exception {
        int[] restarts = {0};
        eachSeed(100, seed -> {
            LanesPlan alone = runAt(seed, 1);
            LanesPlan plan = plan(seed);
            var chance = new SplittableRandom(seed);
            var store = new Store();
            boolean isDone = false;
            for (int run = 0; !isDone; run++) {
                assertThat(run).as("restarts").isLessThan(1000);
                var runner = new StepRunner(seed + 7919L * run);
                PipelineBuilder<Event, Row> builder = plan.describe(1 + chance.nextInt(4), chance)
                        .runner(runner)
                        .checkpoints(new Checkpointing(store, Duration.ofNanos(1 + chance.nextInt(50))));
                plan.feed(builder);
                Pipeline<Event> pipeline = builder.build().start();
                isDone = run(runner, pipeline, 100 + chance.nextInt(100) * (run + 1), chance);
                assertThat(pipeline.report().failed())
                        .as("%s", pipeline.report().failures())
                        .isFalse();
                restarts[0] += isDone ? 0 : 1;
            }

            assertThat(plan.rows).isEqualTo(alone.rows);
            assertThat(plan.late).isEqualTo(alone.late);
        });
        assertThat(restarts[0]).as("restarts").isGreaterThan(200);
    }
}
