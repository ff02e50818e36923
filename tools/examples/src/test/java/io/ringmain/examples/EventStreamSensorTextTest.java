package io.ringmain.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Pipeline;
import io.ringmain.PipelineBuilder;
import io.ringmain.config.WhenFailed;
import io.ringmain.examples.SensorEvent.Normalize;
import io.ringmain.examples.SensorEvent.Simulated;
import io.ringmain.spi.Publisher;
import io.ringmain.testing.CollectingSink;
import io.ringmain.window.Severity;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checkpoint tests on events and what becomes of them of the event-stream text, each under its own name, in the engine's terms. */
@Timeout(20)
class EventStreamSensorTextTest {

    private static SensorEvent event(long id, double value) {
        SensorEvent event = new SensorEvent();
        event.set(id, 0, "sensor-1", value, SensorEvent.Type.METRIC);
        return event;
    }

    private static void publish(Publisher<SensorEvent> publisher, long id, double value) {
        publisher.publish(event -> event.set(id, 0, "sensor-1", value, SensorEvent.Type.METRIC));
    }

    private static PipelineBuilder<SensorEvent, SensorEvent> builder() {
        return Pipeline.of("text", SensorEvent::new).whenFailed(WhenFailed.stop());
    }

    /** What comes out of a pipeline into which events with these values are put, numbered from 0. */
    private static <T> List<T> run(
            PipelineBuilder<SensorEvent, SensorEvent> builder, Function<SensorEvent, T> seen, double... values) {
        var out = new CollectingSink<SensorEvent, T>(seen);
        try (Pipeline<SensorEvent> pipeline = builder.sink("out", out).build().start()) {
            for (int i = 0; i < values.length; i++) {
                publish(pipeline.publisher(), i, values[i]);
            }
            pipeline.endInput();
            pipeline.await();
        }
        return out.values();
    }

    @Test
    void eventCreation() {
        SensorEvent event = event(1, 23.5);

        assertThat(event.id).isEqualTo(1);
        assertThat(event.source).isEqualTo("sensor-1");
        assertThat(event.value).isEqualTo(23.5);
        assertThat(event.type).isEqualTo(SensorEvent.Type.METRIC);
    }

    /** Two events are sent and the channel is closed: these two come, and then nothing. */
    @Test
    void channelToStream() {
        assertThat(run(builder(), event -> event.value, 1, 2)).containsExactly(1.0, 2.0);
    }

    /** As many events as were asked for, and then the end. */
    @Test
    void eventGenerator() {
        var out = new CollectingSink<SensorEvent, Long>(event -> event.id);
        try (Pipeline<SensorEvent> pipeline = builder()
                .source("sensor", new Simulated("sensor", 1, 10, -1, -1))
                .sink("out", out)
                .build()) {
            assertThat(pipeline.start().await().succeeded()).isTrue();
        }

        assertThat(out.values()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    /** All events that are sent come, in their order. */
    @Test
    void streamConsumption() {
        assertThat(run(builder(), event -> event.id, 0, 1, 2, 3, 4)).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    /** The cases of the text; then no room between least and most, and values outside. */
    @ParameterizedTest
    @CsvSource({
        "50, 0, 100, 0.5, 0",
        "0, 0, 100, 0, 0",
        "100, 0, 100, 1, 0",
        "75, 50, 100, 0.5, 0",
        "7, 20, 20, 0.5, 0",
        "7, 20, 20.0009, 0.5, 0",
        "20, 20, 20.001, 0, 0",
        "-5, 0, 100, 0, 1",
        "100.1, 0, 100, 1, 1"
    })
    void normalizeValue(double value, double min, double max, double normalized, long clamped) {
        Normalize normalize = new Normalize(min, max);
        SensorEvent event = event(1, value);
        normalize.apply(event);

        assertThat(event.normalized).isEqualTo(normalized);
        assertThat(normalize.clamped()).isEqualTo(clamped);
    }

    @Test
    void aValueThatIsNoNumberStaysNoneAndIsCounted() {
        Normalize normalize = new Normalize(0, 100);
        SensorEvent event = event(1, Double.NaN);
        normalize.apply(event);

        assertThat(event.normalized).isNaN();
        assertThat(event.severity).isEqualTo(Severity.LOW);
        assertThat(normalize.clamped()).isEqualTo(1);
    }

    @Test
    void streamMap() {
        PipelineBuilder<SensorEvent, SensorEvent> builder = builder().transform("double", event -> event.value *= 2);

        assertThat(run(builder, event -> event.value, 10, 20)).containsExactly(20.0, 40.0);
    }

    @Test
    void streamFilter() {
        PipelineBuilder<SensorEvent, SensorEvent> builder = builder().filter("above 30", event -> event.value > 30);

        assertThat(run(builder, event -> event.value, 10, 50, 100)).containsExactly(50.0, 100.0);
    }

    /** Events become what they are for people: how bad they are. */
    @Test
    void processStream() {
        PipelineBuilder<SensorEvent, SensorEvent> builder = builder().transform("normalize", new Normalize(0, 100));

        assertThat(run(builder, event -> event.normalized + " " + event.severity, 10, 90))
                .containsExactly("0.1 LOW", "0.9 CRITICAL");
    }
}
