package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.WhenFailed;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Publisher;
import io.ringmain.testing.CollectingSink;
import io.ringmain.testing.StepRunner;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is published beside other sources is copied into the first ring, and leaves nothing behind in its own. */
@Timeout(30)
@ExtendWith(NoThreadLeft.class)
class SideRingTest {

    private final CollectingSink<Cell, Long> out = new CollectingSink<>(cell -> cell.value);

    /** Cannot copy the value 5, and counts what is released. */
    private static final class Particular implements EventType<Cell> {

        private final AtomicLong released = new AtomicLong();

        @Override
        public Cell create() {
            return new Cell();
        }

        @Override
        public void clear(Cell event) {
            event.value = 0;
        }

        @Override
        public void copy(Cell from, Cell to) {
            to.value = from.value;
            if (from.value == 5) {
                throw new IllegalStateException("five");
            }
        }

        @Override
        public boolean releases() {
            return true;
        }

        @Override
        public void release(Cell event) {
            released.incrementAndGet();
        }
    }

    private Pipeline<Cell> pipeline(EventType<Cell> type) {
        return Pipeline.of("beside", type)
                .runner(new StepRunner(1))
                .whenFailed(WhenFailed.stop())
                .merging()
                .sink("out", out)
                .build();
    }

    private static void publish(Pipeline<Cell> pipeline, long count) {
        Publisher<Cell> publisher = pipeline.publisher();
        for (long i = 1; i <= count; i++) {
            publisher.publish((cell, value) -> cell.value = value, i);
        }
    }

    @Test
    void anEventThatCannotBeCopiedIsNotDeliveredHalf() {
        Pipeline<Cell> pipeline = pipeline(new Particular());
        publish(pipeline, 10);

        Report report = pipeline.start().drain(Duration.ofSeconds(10));

        assertThat(out.values()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(report.succeeded()).isFalse();
        assertThat(report.failures()).extracting(Report.Failure::message).containsExactly("five");
        assertThat(report.accounts().received()).isEqualTo(10);
        assertThat(report.accounts().inFlight()).isEqualTo(6);
        assertThat(report.accounts().balanced()).isTrue();
    }

    @Test
    void bothTheEventAndItsCopyAreReleased() {
        var type = new Particular();
        Pipeline<Cell> pipeline = pipeline(type);
        publish(pipeline, 4);

        pipeline.start().drain(Duration.ofSeconds(10));

        assertThat(out.values()).containsExactly(1L, 2L, 3L, 4L);
        // Those of the four events, of their copies, and of the end in each ring.
        assertThat(type.released).hasValue(2 * (4 + 1));
    }
}
