package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.Threading;
import io.ringmain.config.WhenFailed;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.spi.Progress;
import io.ringmain.testing.CollectingSink;
import io.ringmain.testing.FaultySink;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lanes that sleep when another lane fails are woken to end: no deadline has to pass. */
@Timeout(20)
@ExtendWith(NoThreadLeft.class)
class StopWakesSleepersTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    private final FaultySink<Cell> sink = new FaultySink<>(new CollectingSink<Cell, Long>(cell -> cell.value, true))
            .failWhen(call -> call == 1)
            .blockWhen(call -> call == 1);

    private void failWhileTheOthersSleep(PipelineBuilder<Cell, Cell> builder, String... sleepers) throws Exception {
        try (Pipeline<Cell> pipeline = builder.threading(Threading.perStage())
                .drainWithin(LONG)
                .whenFailed(WhenFailed.stop())
                .build()
                .start()) {
            pipeline.publisher().publish(cell -> cell.value = 1);
            sink.awaitBlocked();
            for (String sleeper : sleepers) {
                awaitSleep("stopped/" + sleeper);
            }

            sink.unblock();
            Report report = pipeline.await();

            assertThat(report.failed()).isTrue();
            assertThat(report.abandoned()).isEmpty();
            assertThat(report.ran()).isLessThan(LONG);
        }
    }

    @Test
    void lanesBeforeAFailedSinkEndAtOnce() throws Exception {
        failWhileTheOthersSleep(
                Pipeline.of("stopped", Cell.TYPE)
                        .transform("a", cell -> {})
                        .transform("b", cell -> {})
                        .sink("out", sink),
                "a",
                "b");
    }

    @Test
    void lanesBehindAHaltedOneEndAtOnce() throws Exception {
        failWhileTheOthersSleep(
                Pipeline.of("stopped", Cell.TYPE)
                        .transform("a", cell -> {})
                        .sink("out", sink)
                        .into("split", Cell.TYPE, (cell, outlet) -> Progress.DONE)
                        .transform("c", cell -> {}),
                "a",
                "split+settle",
                "c");
    }

    private static void awaitSleep(String name) {
        while (Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith(name)
                        && (thread.getState() == Thread.State.WAITING
                                || thread.getState() == Thread.State.TIMED_WAITING))) {
            Thread.onSpinWait();
        }
    }
}
