package io.ringmain.kit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.Pipeline;
import io.ringmain.config.WhenFailed;
import io.ringmain.spi.Sink;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The check for threads left behind finds them. */
class NoThreadLeftTest {

    @Test
    void aPipelineThatWasNotClosedIsNamed() {
        Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
        try (Pipeline<Cell> pipeline = pipeline()) {
            pipeline.start();

            assertThatThrownBy(() -> NoThreadLeft.requireNone(before, Duration.ofMillis(10)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("forgotten/supervisor")
                    .hasMessageContaining("close the pipeline");
        }
    }

    @Test
    void aPipelineThatWasClosedLeavesNothing() {
        Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
        pipeline().start().close();

        assertThatCode(() -> NoThreadLeft.requireNone(before, Duration.ofSeconds(5)))
                .doesNotThrowAnyException();
    }

    private static Pipeline<Cell> pipeline() {
        return Pipeline.of("forgotten", Cell.TYPE)
                .sink("nowhere", Sink.each(cell -> {}))
                .whenFailed(WhenFailed.stop())
                .build();
    }
}
