package io.ringmain.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Pipeline;
import io.ringmain.testing.StepRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sensors' report depends on their seed, and on nothing else. */
@Timeout(60)
class SensorsTest {

    /** In a small ring the sources take turns often, and time moves on with each. */
    private static String report(long seed, long steps) {
        Sensors sensors = new Sensors(seed);
        try (Pipeline<SensorEvent> pipeline =
                sensors.pipeline().bound(7).runner(new StepRunner(steps)).build()) {
            return sensors.text(pipeline.start().await());
        }
    }

    private static String onThreads(long seed) {
        Sensors sensors = new Sensors(seed);
        try (Pipeline<SensorEvent> pipeline = sensors.pipeline().build()) {
            return sensors.text(pipeline.start().await());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theSameSeedGivesTheSameReportHoweverTheSourcesTakeTurns(long steps) {
        assertThat(report(42, steps))
                .isEqualTo(onThreads(42))
                .contains("dropped={}")
                .doesNotContain("late");
    }

    @Test
    void anotherSeedGivesAnotherReport() {
        assertThat(report(43, 1)).isNotEqualTo(report(42, 1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void theBurstAndTheHeatAreFoundAndNothingElse(long seed) {
        assertThat(report(seed, seed).lines().filter(line -> line.startsWith("second ")))
                .satisfiesExactly(
                        burst -> assertThat(burst).startsWith("second 12, boiler: CRITICAL, count "),
                        heat -> assertThat(heat).startsWith("second 20, pump: HIGH, average "));
    }
}
