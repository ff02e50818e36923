package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Report.StageReport;
import io.ringmain.config.WhenFailed;
import io.ringmain.testing.CollectingSink;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The guided tour as a test: the way of an event, room by room. */
@Timeout(10)
class ThroughTheRoomsTest {

    private static final class Figure {
        private long value;
    }

    private final CollectingSink<Figure, Long> sink = new CollectingSink<>(number -> number.value);

    private PipelineBuilder<Figure, Figure> tour() {
        return Pipeline.of("tour", Figure::new)
                .source("numbers", new ScriptedSource<Figure>((number, n) -> number.value = n).give(10))
                .transform("triple", number -> number.value *= 3)
                .filter("even", number -> number.value % 2 == 0)
                .sink("kept", sink)
                .whenFailed(WhenFailed.stop());
    }

    @Test
    void anEventGoesThroughTheRoomsStepByStep() {
        Pipeline<Figure> pipeline = tour().runner(new StepRunner(1)).build();

        Report report = pipeline.start().await();

        assertTour(report);
    }

    @Test
    void anEventGoesThroughTheRoomsOnThreads() {
        try (Pipeline<Figure> pipeline = tour().build()) {
            Report report = pipeline.start().await();

            assertTour(report);
        }
    }

    private void assertTour(Report report) {
        assertThat(report.sources()).singleElement().satisfies(source -> assertThat(source.received())
                .isEqualTo(10));
        assertThat(report.stages()).extracting(StageReport::name).containsExactly("triple", "even");
        assertThat(report.stages()).extracting(StageReport::in).containsExactly(10L, 10L);
        assertThat(report.stages()).extracting(StageReport::out).containsExactly(10L, 5L);
        assertThat(report.sinks()).singleElement().satisfies(kept -> assertThat(kept.delivered())
                .isEqualTo(5));
        assertThat(report.accounts()).isEqualTo(new Accounts(10, 5, 0, 5, Map.of(), 0, 0, 0, 0));
        assertThat(report.accounts().balanced()).isTrue();
        assertThat(report.latency().count()).isEqualTo(5);
        assertThat(report.succeeded()).isTrue();
        assertThat(report.ran()).isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(sink.values()).containsExactly(0L, 6L, 12L, 18L, 24L);
        assertThat(sink.flushes()).isEqualTo(1);
        assertThat(sink.opens()).isEqualTo(1);
        assertThat(sink.closes()).isEqualTo(1);
    }
}
