package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.KeyedPlan.Keyed;
import io.ringmain.config.Backoff;
import io.ringmain.config.Threading;
import io.ringmain.config.WhenFailed;
import io.ringmain.internal.ring.Groups;
import io.ringmain.kit.Cell;
import io.ringmain.spi.Publication;
import io.ringmain.spi.Stage;
import io.ringmain.testing.StepRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Partitions keep the order per key, whatever fails and however the number of lanes changes. {@code -Dringmain.seed=N} runs only that seed. */
class PartitionTest {

    private static final int SEEDS = 1000;
    private static final int STEPS_MAX = 200_000;

    private static final Logger ENGINE = Logger.getLogger("io.ringmain");

    @BeforeAll
    static void silence() {
        ENGINE.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        ENGINE.setLevel(null);
    }

    /** Runs the plan of {@code seed}; returns what the sink was given. */
    private static void run(long seed, int lanes, boolean changing) {
        KeyedPlan plan = new KeyedPlan(seed);
        SplittableRandom random = new SplittableRandom(~seed);
        StepRunner runner = new StepRunner(seed ^ lanes);
        Pipeline<Keyed> pipeline = plan.build(lanes, runner);
        runner.afterEachStep(() -> {
            for (Accounts accounts : pipeline.measuredAccounts()) {
                if (!accounts.balanced() || accounts.inFlight() < 0) {
                    throw new BrokenInvariant("the accounts do not balance: " + accounts);
                }
            }
        });
        pipeline.start();
        int rarity = random.nextBoolean() ? 2 + random.nextInt(10) : 100 + random.nextInt(300);
        int steps = 0;
        while (pipeline.state() != PipelineState.CLOSED) {
            if (++steps > STEPS_MAX) {
                throw new BrokenInvariant("no end after " + STEPS_MAX + " steps");
            }
            if (changing && random.nextInt(rarity) == 0) {
                String name =
                        plan.partitions().get(random.nextInt(plan.partitions().size()));
                pipeline.partitions(name).lanes(1 + random.nextInt(lanes));
            }
            if (runner.step() == 0 && runner.wakeAtNs() != Long.MAX_VALUE && random.nextInt(3) == 0) {
                runner.clock().advanceTo(Math.max(runner.clock().nowNs(), runner.wakeAtNs()));
            }
        }
        Report report = pipeline.report();
        assertThat(report.failed()).as("failures: %s", report.failures()).isFalse();
        assertThat(report.accounts().inFlight()).isZero();
        assertThat(plan.out).isEqualTo(plan.expected());
    }

    private static void check(long seed, int lanes, boolean changing) {
        try {
            run(seed, lanes, changing);
        } catch (RuntimeException | Error broken) {
            throw new AssertionError(
                    "seed " + seed + ", lanes " + lanes + ", changing " + changing + ": " + broken.getMessage()
                            + "\n  plan: " + new KeyedPlan(seed)
                            + "\n  repeat: mvn -B verify -pl engine/core -am -Dtest=PartitionTest -Dringmain.seed="
                            + seed,
                    broken);
        }
    }

    @Test
    @Timeout(120)
    void eachKeyKeepsItsOrderThroughRetriesAndChangesOfLanesInAThousandSeeds() {
        Long only = Long.getLong("ringmain.seed");
        for (long seed = only == null ? 0 : only; seed < (only == null ? SEEDS : only + 1); seed++) {
            check(seed, 1 + (int) (seed % 6), true);
        }
    }

    @Test
    @Timeout(60)
    void whatCameBehindAChangeIsDoneWithoutWaitingForMore() {
        for (long seed = 0; seed < 200; seed++) {
            StepRunner runner = new StepRunner(seed);
            Set<Long> failed = new HashSet<>();
            try (Pipeline<Cell> pipeline = cells(runner, () -> cell -> {
                        if (cell.value % 5 == 0 && failed.add(cell.value)) {
                            throw new IllegalStateException("first attempt");
                        }
                        return true;
                    })
                    .build()
                    .start()) {
                publish(pipeline, 0, 20);
                pipeline.partitions("stage").lanes(1 + (int) (seed % 3));
                for (int steps = (int) (seed % 20); steps > 0; steps--) {
                    runner.step();
                }
                publish(pipeline, 20, 40);

                moveAsLongAsPossible(runner);

                assertThat(pipeline.report().accounts().absorbed())
                        .as("seed %d", seed)
                        .isEqualTo(40);
                assertThat(pipeline.partitions("stage").lanes()).isEqualTo(1 + (int) (seed % 3));
            }
        }
    }

    @Test
    @Timeout(10)
    void anEventThatWaitsForAnotherAttemptHoldsBackOnlyItsOwnLane() {
        StepRunner runner = new StepRunner(1);
        List<Long> seen = new ArrayList<>();
        int held = Groups.ofKey(0) / 32;
        try (Pipeline<Cell> pipeline = cells(runner, () -> cell -> {
                    if (cell.value == 0 && runner.clock().nowNs() < PAUSE.toNanos()) {
                        throw new IllegalStateException("not yet");
                    }
                    return seen.add(cell.value);
                })
                .build()
                .start()) {
            publish(pipeline, 0, 40);

            runner.stepWhilePossible();

            List<Long> others = LongStream.range(0, 40)
                    .filter(key -> Groups.ofKey(key) / 32 != held)
                    .boxed()
                    .toList();
            assertThat(others).hasSizeGreaterThan(20);
            assertThat(seen).containsExactlyInAnyOrderElementsOf(others);
            assertThat(pipeline.report().accounts().absorbed()).isZero();

            moveAsLongAsPossible(runner);

            assertThat(pipeline.report().accounts().absorbed()).isEqualTo(40);
        }
    }

    @Test
    @Timeout(10)
    void aChangeThatFindsTheRingFullComesWhenThereIsRoom() {
        for (long seed = 0; seed < 20; seed++) {
            StepRunner runner = new StepRunner(seed);
            try (Pipeline<Cell> pipeline =
                    cells(runner, () -> cell -> true).build().start()) {
                publish(pipeline, 0, 64);
                pipeline.partitions("stage").lanes(2);

                moveAsLongAsPossible(runner);

                assertThat(pipeline.partitions("stage").lanes())
                        .as("seed %d", seed)
                        .isEqualTo(2);
            }
        }
    }

    @Test
    @Timeout(10)
    void aChangeConcernsOnlyThePartitionThatIsNamed() {
        StepRunner runner = new StepRunner(1);
        try (Pipeline<Cell> pipeline = cells(runner, () -> cell -> true)
                .partitionBy("other", cell -> cell.value, 2, () -> cell -> true)
                .build()
                .start()) {
            pipeline.partitions("stage").lanes(3);
            pipeline.partitions("other").lanes(1);
            publish(pipeline, 0, 40);

            moveAsLongAsPossible(runner);

            assertThat(pipeline.partitions("stage").lanes()).isEqualTo(3);
            assertThat(pipeline.partitions("other").lanes()).isEqualTo(1);
            assertThat(pipeline.report().accounts().absorbed()).isEqualTo(40);
        }
    }

    @Test
    void theGroupOfAKeyIsTheSameForEver() {
        // Snapshots keep state by group: whoever changes this loses the state of every key.
        assertThat(LongStream.of(0, 1, 2, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1_000_003)
                        .map(Groups::ofKey))
                .containsExactly(0L, 101L, 10L, 123L, 10L, 61L, 115L);
        int[] sizes = new int[Groups.COUNT];
        for (long key = 0; key < 128_000; key++) {
            sizes[Groups.ofKey(key << 32)]++;
        }
        assertThat(Arrays.stream(sizes).boxed()).allMatch(size -> size > 850 && size < 1150);
    }

    private static final Duration PAUSE = Duration.ofMillis(1);

    private static PipelineBuilder<Cell, Cell> cells(StepRunner runner, Supplier<Stage<Cell>> stages) {
        return Pipeline.of("cells", Cell.TYPE)
                .runner(runner)
                .bound(64)
                .threading(Threading.perStage())
                .whenFailed(WhenFailed.retry(3, new Backoff(PAUSE, PAUSE).withoutJitter(), WhenFailed.stop()))
                .partitionBy("stage", cell -> cell.value, 4, stages);
    }

    private static void publish(Pipeline<Cell> pipeline, long from, long to) {
        for (long value = from; value < to; value++) {
            long key = value;
            assertThat(pipeline.publisher().tryPublish(cell -> cell.value = key))
                    .isEqualTo(Publication.PUBLISHED);
        }
    }

    private static void moveAsLongAsPossible(StepRunner runner) {
        runner.stepWhilePossible();
        while (runner.wakeAtNs() != Long.MAX_VALUE) {
            runner.clock().advanceTo(runner.wakeAtNs());
            runner.stepWhilePossible();
        }
    }

    @Test
    @Timeout(60)
    void theOutputIsTheSameByteByByteOnOneTwoAndFourLanes() {
        for (long seed = 0; seed < 100; seed++) {
            for (int lanes : new int[] {1, 2, 4}) {
                check(seed, lanes, false);
            }
        }
    }
}
