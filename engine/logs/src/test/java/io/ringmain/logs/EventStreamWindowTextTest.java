package io.ringmain.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.WhenFailed;
import io.ringmain.logs.file.StandardOutput;
import io.ringmain.logs.plan.Plan;
import io.ringmain.logs.plan.PlanPipeline;
import io.ringmain.logs.plan.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The checkpoint tests on windows of the event-stream text, each under its own name, as plans. */
@Timeout(20)
class EventStreamWindowTextTest {

    /** The rows of windows of a second over events with these times and values. */
    private static List<String> windows(Map<String, String> compute, List<String> lines) {
        Plan plan = Plan.builder("text")
                .source("in", "stdin", Map.of())
                .step("parse", "json")
                .step("window", Map.of("every", "1s", "compute", compute))
                .sink("out", "console", Map.of("format", "json"))
                .whenFailed(WhenFailed.stop())
                .build();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Surroundings surroundings = new Surroundings(
                new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)),
                new StandardOutput(out, false),
                "here",
                () -> 0,
                System::nanoTime);
        PlanPipeline pipeline = PlanPipeline.build(plan, surroundings, false);
        assertThat(pipeline.pipeline().start().await().succeeded()).isTrue();
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .map(row -> row.replace(",\"window_kind\":\"final\"", ""))
                .toList();
    }

    private static String event(int millis, int value) {
        return "{\"timestamp\":\"1970-01-01T00:00:0" + millis / 1000 + '.' + millis / 100 % 10 + "Z\",\"value\":"
                + value + '}';
    }

    private static String row(int second, String values) {
        return "{\"window_start\":\"1970-01-01T00:00:0" + second + "Z\",\"window_end\":\"1970-01-01T00:00:0"
                + (second + 1) + "Z\"," + values + '}';
    }

    /** Events at 0, 500, 1000, 1500 and 2000 ms in windows of a second. */
    @Test
    void tumblingWindow() {
        List<String> events =
                IntStream.range(0, 5).mapToObj(i -> event(500 * i, 10 * i)).toList();

        assertThat(windows(Map.of("event_count", "count()"), events))
                .containsExactly(row(0, "\"event_count\":2"), row(1, "\"event_count\":2"), row(2, "\"event_count\":1"));
    }

    /** Two events with the values 10 and 30. */
    @Test
    void calculateWindowStats() {
        List<String> events = List.of(event(0, 10), event(500, 30));

        assertThat(windows(Map.of("event_count", "count()"), events)).containsExactly(row(0, "\"event_count\":2"));
        assertThat(windows(Map.of("avg_value", "avg(value)"), events)).containsExactly(row(0, "\"avg_value\":20.0"));
        assertThat(windows(Map.of("max_value", "max(value)"), events)).containsExactly(row(0, "\"max_value\":30"));
    }
}
