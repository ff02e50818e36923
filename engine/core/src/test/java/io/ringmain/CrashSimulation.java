package io.ringmain;

import io.ringmain.CrashWorld.Killed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * One pipeline that is killed and started again until it comes to its end: real rooms, simulated time, and a world that dies at a point that the
 * seed chooses. After each step the accounts balance; at each checkpoint nothing that it covers is missing; at the end each file is as if nothing had
 * happened.
 */
final class CrashSimulation {

    private static final int LIVES_MAX = 60;
    private static final int PATIENCE = 100;
    private static final int STEPS_MAX = 2_000_000;

    private final long seed;
    private final SplittableRandom random;
    private final CrashWorld world;
    private String text = "not built";
    private int lives;
    private int idle;

    CrashSimulation(long seed) {
        this.seed = seed;
        random = new SplittableRandom(seed ^ 0x14057B7EF767814FL);
        world = new CrashWorld(seed, 1 + random.nextInt(3));
    }

    /** Lives until the work is done; throws an error if anything is broken. */
    void run() {
        boolean done = false;
        while (!done) {
            lives++;
            boolean mayDie = lives < LIVES_MAX;
            int reach = 1 << (3 + random.nextInt(10));
            boolean mortal = mayDie && random.nextInt(4) > 0;
            world.begin(mortal ? 1 + random.nextInt(reach) : Long.MAX_VALUE);
            CrashPlan plan = new CrashPlan(seed, world, lives, !mayDie);
            try {
                done = live(plan, mayDie && random.nextInt(4) == 0 ? random.nextInt(2000) : STEPS_MAX)
                        && world.letters.areDone();
            } finally {
                delete(plan.spills());
            }
            // What has become a letter in one life comes back in the next at the latest.
            expect(done || lives <= LIVES_MAX, "the run ends once it is left alone");
        }
        world.checkEnd();
    }

    /** Returns whether all was done. */
    private boolean live(CrashPlan plan, int stopAfter) {
        Pipeline<SimEvent> pipeline = plan.build();
        text = plan.toString();
        plan.runner.afterEachStep(() -> {
            if (!world.isDead()) {
                pipeline.measuredAccounts()
                        .forEach(accounts -> expect(
                                accounts.balanced() && accounts.inFlight() >= 0,
                                "the accounts do not balance: " + accounts));
            }
        });
        try {
            pipeline.start();
        } catch (PipelineException | Killed failure) {
            expect(world.isDead() || failure.getMessage().contains("no room"), "it starts: " + failure);
            return false;
        }
        plan.runner.join(world.answers);
        try {
            return liveOn(plan, pipeline, stopAfter);
        } catch (Killed outside) {
            // Where no user code is called the engine does not catch it.
            return false;
        }
    }

    private boolean liveOn(CrashPlan plan, Pipeline<SimEvent> pipeline, int stopAfter) {
        int steps = 0;
        while (pipeline.state() != PipelineState.CLOSED && !world.isDead() && steps < stopAfter) {
            steps++;
            turn(plan);
        }
        if (world.isDead()) {
            return false;
        }
        expect(steps < STEPS_MAX, "it ends by itself");
        boolean stopped = pipeline.state() != PipelineState.CLOSED;
        pipeline.drain(Duration.ofHours(10));
        if (world.isDead() || !succeeded(pipeline.report()) || stopped) {
            return false;
        }
        checkTotals(plan);
        return true;
    }

    private void turn(CrashPlan plan) {
        if (plan.runner.step() > 0) {
            idle = 0;
            if (random.nextInt(8) == 0) {
                plan.runner.clock().advance(random.nextInt(20_000));
            }
            return;
        }
        idle++;
        // One that could do nothing says nothing of the others, which may be awake.
        if (idle % PATIENCE == 0 && plan.runner.wakeAtNs() != Long.MAX_VALUE) {
            plan.runner.clock().advanceTo(Math.max(plan.runner.nowNs(), plan.runner.wakeAtNs()));
        }
    }

    private static boolean succeeded(Report report) {
        expect(report.ran().toHours() < 1, "the pipeline ends by itself, not by its deadline: " + report);
        for (Report.Failure failure : report.failures()) {
            expect(
                    !failure.type().equals(BrokenInvariant.class.getName())
                            && !failure.type().contains("NullPointer"),
                    failure.where() + ": " + failure.message());
        }
        if (!report.succeeded()) {
            // The last checkpoint found no room, or a source failed.
            expect(
                    report.failures().stream()
                            .anyMatch(failure -> failure.where().equals("checkpoint")
                                    || failure.where().startsWith("source")),
                    "a run fails for a reason: " + report);
            return false;
        }
        expect(report.accounts().inFlight() == 0, "nothing is left in flight: " + report.accounts());
        return true;
    }

    private void checkTotals(CrashPlan plan) {
        for (int source = 0; plan.hasTotals() && source < plan.totals.length; source++) {
            expect(
                    plan.totals[source] == plan.expectedTotal(source),
                    "the totals of source " + source + ": " + plan.totals[source] + " (expected: "
                            + plan.expectedTotal(source) + ')');
        }
    }

    private static void delete(List<Path> files) {
        try {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void expect(boolean holds, String what) {
        if (!holds) {
            throw new BrokenInvariant("broken: " + what);
        }
    }

    /** Runs {@code seeds}, says how to repeat the first that breaks, and returns how often each point was reached. */
    static Map<String, Integer> runAll(List<Long> seeds) {
        Map<String, Integer> reached = new TreeMap<>();
        for (long seed : seeds) {
            CrashSimulation simulation = new CrashSimulation(seed);
            try {
                simulation.run();
            } catch (RuntimeException | Error broken) {
                throw new AssertionError(
                        "seed " + seed + ", life " + simulation.lives + ": " + broken.getMessage() + "\n  plan:"
                                + simulation.text
                                + "\n  repeat: mvn -B verify -pl engine/core -am -Dtest=CrashSimulationTest -Dringmain.seed="
                                + seed,
                        broken);
            }
            simulation.world.reached.forEach((point, times) -> reached.merge(point, times, Integer::sum));
        }
        return reached;
    }
}
