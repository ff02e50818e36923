package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.Subscribing;
import io.ringmain.config.WhenFailed;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.testing.CollectingSink;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The checkpoint test on fan-out of the event-stream text under its own name, in the engine's terms. */
@Timeout(20)
@ExtendWith(NoThreadLeft.class)
class EventStreamFanOutTextTest {

    private static CollectingSink<Cell, Long> collecting() {
        return new CollectingSink<>(cell -> cell.value);
    }

    /** Three receivers of five events: all of them get all five, in the same order. */
    @Test
    void fanout() {
        CollectingSink<Cell, Long> first = collecting();
        CollectingSink<Cell, Long> second = collecting();
        CollectingSink<Cell, Long> third = collecting();
        var lagged = new AtomicLong();

        Report report;
        try (Pipeline<Cell> pipeline =
                Pipeline.of("text", Cell.TYPE).whenFailed(WhenFailed.stop()).build()) {
            pipeline.subscribe("analytics", first, Subscribing.lossless());
            pipeline.subscribe("alerting", second, Subscribing.lossless());
            pipeline.subscribe("storage", third, Subscribing.lossy(100, lagged::addAndGet));
            pipeline.start();
            for (long i = 0; i < 5; i++) {
                pipeline.publisher().publish((cell, number) -> cell.value = number, i);
            }
            pipeline.endInput();
            report = pipeline.await();
        }

        assertThat(first.values()).isEqualTo(List.of(0L, 1L, 2L, 3L, 4L));
        assertThat(second.values()).isEqualTo(first.values());
        assertThat(third.values()).isEqualTo(first.values());
        assertThat(lagged).hasValue(0);
        assertThat(report.subscribers())
                .extracting(Report.SubscriberReport::delivered)
                .containsOnly(5L);
    }
}
