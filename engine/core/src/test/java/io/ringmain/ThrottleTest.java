package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.WhenFailed;
import io.ringmain.kit.Cell;
import io.ringmain.spi.Sink;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** So many events per second, whatever comes. */
@Timeout(10)
class ThrottleTest {

    private static Report run(int count, double perSecond, int burst, List<Long> passedAtMs) {
        var runner = new StepRunner(count);
        try (Pipeline<Cell> pipeline = Pipeline.of("throttled", Cell.TYPE)
                .runner(runner)
                .source("numbers", new ScriptedSource<Cell>((cell, number) -> cell.value = number).give(count))
                .throttle("limit", perSecond, burst)
                .transform("note", cell -> passedAtMs.add(runner.nowNs() / 1_000_000))
                .sink("out", Sink.each(cell -> {}))
                .whenFailed(WhenFailed.stop())
                .drainWithin(Duration.ofHours(1))
                .build()
                .start()) {
            return pipeline.await();
        }
    }

    @Test
    void eventsPassOneAfterTheOther() {
        List<Long> passedAtMs = new ArrayList<>();
        Report report = run(5, 10, 1, passedAtMs);

        assertThat(passedAtMs).containsExactly(0L, 100L, 200L, 300L, 400L);
        assertThat(report.accounts().delivered()).isEqualTo(5);
        assertThat(report.stages().get(0).blocked()).anySatisfy(blocked -> {
            assertThat(blocked.why()).isEqualTo("throttle");
            assertThat(blocked.count()).isEqualTo(4);
            assertThat(Duration.ofNanos(blocked.ns())).isEqualTo(Duration.ofMillis(400));
        });
    }

    @Test
    void aBurstPassesAtOnceAndTheRestInTime() {
        List<Long> passedAtMs = new ArrayList<>();
        run(6, 10, 4, passedAtMs);

        assertThat(passedAtMs).containsExactly(0L, 0L, 0L, 0L, 100L, 200L);
    }

    @Test
    void aRateThatDoesNotDivideASecondIsExactInTheLongRun() {
        List<Long> passedAtMs = new ArrayList<>();
        run(30_001, 3_000.000_3, 1, passedAtMs);

        assertThat(passedAtMs.get(30_000)).isBetween(9_999L, 10_000L);
    }
}
