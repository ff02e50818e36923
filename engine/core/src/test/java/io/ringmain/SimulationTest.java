package io.ringmain;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The main test: real rooms under simulated time, faults and interleavings. {@code -Dringmain.seed=N} runs only that seed;
 * {@code -Pslow} runs 10,000.
 */
class SimulationTest {

    private static final int FAST_SEEDS = 50;
    private static final int SLOW_SEEDS = 10_000;

    /** Simulated failures are no news, and there are thousands. */
    private static final Logger ENGINE = Logger.getLogger("io.ringmain");

    /** Seeds that once found a bug; they are always run. */
    private static final List<Long> KEPT = List.of(29L, 146L, 9091L, 99L, 820L);

    private static List<Long> seeds(int count) {
        Long only = Long.getLong("ringmain.seed");
        return only != null ? List.of(only) : LongStream.range(0, count).boxed().toList();
    }

    @BeforeAll
    static void silence() {
        ENGINE.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        ENGINE.setLevel(null);
    }

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
