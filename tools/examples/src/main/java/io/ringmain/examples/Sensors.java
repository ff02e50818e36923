package io.ringmain.examples;

import io.ringmain.Pipeline;
import io.ringmain.PipelineBuilder;
import io.ringmain.Report;
import io.ringmain.config.WhenFailed;
import io.ringmain.examples.SensorEvent.Normalize;
import io.ringmain.examples.SensorEvent.Simulated;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Sink;
import io.ringmain.window.Aggregations;
import io.ringmain.window.Alert;
import io.ringmain.window.AnomalyRule;
import io.ringmain.window.AnomalyRules;
import io.ringmain.window.Baseline;
import io.ringmain.window.EventTime;
import io.ringmain.window.Severity;
import io.ringmain.window.WindowResult;
import io.ringmain.window.Windowing;
import io.ringmain.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The program of the page on windows: three sensors, what each of them measured second by second, and alerts on what is unusual for it. The same seed gives the same report, however the
 * sources take turns: windows go by the time that events have.
 */
final class Sensors {

    private static final long EVENTS_OF_EACH = 600;

    private final long seed;
    private final Normalize normalize = new Normalize(0, 100);
    // Each is written by one sink, and read when the pipeline has ended.
    private final Map<Severity, Integer> severities = new EnumMap<>(Severity.class);
    private final List<String> critical = new ArrayList<>();
    private final Map<String, Summary> summaries = new TreeMap<>();
    private final List<String> alerts = new ArrayList<>();

    Sensors(long seed) {
        this.seed = seed;
    }

    /** What one sensor said in one second. */
    static final class Second {

        private long startNs;
        private long endNs;
        private String sensor = "";
        private long count;
        private double average;
        private double least;
        private double most;

        private static void write(WindowResult<SensorEvent> window, Second second) {
            second.startNs = window.startNs();
            second.endNs = window.endNs();
            second.sensor = window.textKey();
            second.count = window.longValue(0);
            second.average = window.doubleValue(1);
            second.least = window.doubleValue(2);
            second.most = window.doubleValue(3);
        }
    }

    /** The seconds of a sensor, all together. */
    private static final class Summary {
        private int seconds;
        private long events;
        private double least = Double.POSITIVE_INFINITY;
        private double most = Double.NEGATIVE_INFINITY;

        private void add(Second second) {
            seconds++;
            events += second.count;
            least = Math.min(least, second.least);
            most = Math.max(most, second.most);
        }
    }

    private Simulated sensor(String name, int number, int burstSecond, int hotSecond) {
        return new Simulated(name, seed + number, EVENTS_OF_EACH, burstSecond, hotSecond);
    }

    // tag::sensors[]
    private static Windowing<SensorEvent> seconds() {
        EventTime<SensorEvent> time = EventTime.<SensorEvent>of(event -> event.timestamp * 1_000_000)
                .disorder(Duration.ofMillis(Simulated.DISORDER_MS));
        return Windowing.of(Windows.tumbling(Duration.ofSeconds(1)), time)
                .byText(event -> event.source)
                .compute(Aggregations.count())
                .compute(Aggregations.average(event -> event.normalized))
                .compute(Aggregations.minimum(event -> event.normalized))
                .compute(Aggregations.maximum(event -> event.normalized));
    }

    private static AnomalyRules<Second> unusual() {
        return new AnomalyRules<Second>(second -> second.startNs, second -> second.endNs, second -> second.sensor, 100)
                .add(AnomalyRule.spike("count", 2, Baseline.mean(10)).after(5), second -> second.count)
                .add(AnomalyRule.high("average", 1.5, Baseline.ewma(0.2)).after(5), second -> second.average);
    }

    PipelineBuilder<SensorEvent, Alert> pipeline() {
        return Pipeline.of("sensors", SensorEvent::new)
                .source("boiler", sensor("boiler", 1, 12, -1))
                .source("pump", sensor("pump", 2, -1, 20))
                .source("valve", sensor("valve", 3, -1, -1))
                .filter("metrics", event -> event.type == SensorEvent.Type.METRIC)
                .transform("normalize", normalize)
                .sink("severities", Sink.each(event -> severities.merge(event.severity, 1, Integer::sum)))
                .sink("critical", Sink.each(this::noteIfCritical))
                .window("seconds", EventType.of(Second::new), seconds(), Second::write)
                .sink("summaries", Sink.each(this::summarize))
                .into("unusual", Alert.TYPE, unusual())
                .sink("alerts", Sink.each(this::note))
                .whenFailed(WhenFailed.stop());
    }
    // end::sensors[]

    private void noteIfCritical(SensorEvent event) {
        if (event.severity == Severity.CRITICAL) {
            critical.add(event.source + ' ' + Math.round(event.value));
        }
    }

    private void summarize(Second second) {
        summaries.computeIfAbsent(second.sensor, sensor -> new Summary()).add(second);
    }

    private void note(Alert alert) {
        alerts.add("second " + alert.startNs() / 1_000_000_000 + ", " + alert.key() + ": " + alert.severity() + ", "
                + alert.reason());
    }

    /** What there is to say of a run that has ended. */
    String text(Report report) {
        StringBuilder text = new StringBuilder("sensor   seconds  events  least  most\n");
        summaries.forEach((sensor, of) -> text.append(String.format(
                Locale.ROOT, "%-7s  %7d  %6d  %5.2f  %4.2f%n", sensor, of.seconds, of.events, of.least, of.most)));
        alerts.forEach(alert -> text.append(alert).append('\n'));
        text.append("severities ").append(severities).append(", of those out of range ");
        text.append(normalize.clamped()).append("\ncritical ").append(critical).append('\n');
        report.segments().forEach(segment -> text.append(segment).append('\n'));
        return text.toString();
    }

    /** Runs the example with the seed {@code args[0]}, or 42. */
    public static void main(String[] args) {
        // tag::main[]
        var sensors = new Sensors(args.length > 0 ? Long.parseLong(args[0]) : 42);
        try (var pipeline = sensors.pipeline().build().start()) {
            System.out.print(sensors.text(pipeline.await()));
        }
        // end::main[]
    }
}
