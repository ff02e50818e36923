package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.KeyedPlan.Keyed;
import io.ringmain.testing.StepRunner;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
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
        int steps = 0;
        while (pipeline.state() != PipelineState.CLOSED) {
            if (++steps > STEPS_MAX) {
                throw new BrokenInvariant("no end after " + STEPS_MAX + " steps");
            }
            if (changing && random.nextInt(10) == 0) {
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
    void theOutputIsTheSameByteByByteOnOneTwoAndFourLanes() {
        for (long seed = 0; seed < 100; seed++) {
            for (int lanes : new int[] {1, 2, 4}) {
                check(seed, lanes, false);
            }
        }
    }
}
