package io.ringmain;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The main test: real rooms under simulated time, faults and interleavings. {@code -Dringmain.seed=N} runs only that seed;
 * {@code -Pslow} runs 10,000.
 */
class SimulationTest extends SeededTest {

    private static final int FAST_SEEDS = 50;
    private static final int SLOW_SEEDS = 10_000;

    /** Seeds that once found a bug; they are always run. */
    private static final List<Long> KEPT = List.of(29L, 146L, 9091L, 99L, 820L);

    @Test
    @Timeout(60)
    void everySeedKeepsTheContracts() {
        Simulation.runAll(seeds(FAST_SEEDS));
    }

    @Test
    @Timeout(60)
    void seedsThatFoundABugKeepTheContracts() {
        Simulation.runAll(KEPT);
    }

    @Test
    @Tag("slow")
    @Timeout(300)
    void tenThousandSeedsKeepTheContracts() {
        Simulation.runAll(seeds(SLOW_SEEDS));
    }
}
