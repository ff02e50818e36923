package io.ringmain.counters.http;

import io.ringmain.counters.CounterStatistics;
import io.ringmain.counters.CounterStatistics.Times;
import io.ringmain.counters.Counters;
import io.ringmain.logs.NumberText;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counters, and what the server has done, as Prometheus reads them.
 *
 * <p>Thread: any.
 */
final class Metrics {

    /** What the text is. */
    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final double SECOND_NS = 1e9;

    private final Counters counters;
    private final LongAdder[] answered = {new LongAdder(), new LongAdder(), new LongAdder()};

    Metrics(Counters counters) {
        this.counters = counters;
    }

    /** A request was answered so. */
    void answered(int status) {
        answered[status < 400 ? 0 : status < 500 ? 1 : 2].increment();
    }

    /** All of it. */
    String text() {
        var text = new StringBuilder();
        begin(text, "ringmain_counter", "gauge", "The value of a counter.");
        for (String name : counters.names()) {
            // Each by itself: who watches must be answered when no writer is.
            counters.find(name).ifPresent(counter -> text.append("ringmain_counter{name=\"")
                    .append(name)
                    .append("\"} ")
                    .append(counter.get())
                    .append('\n'));
        }
        CounterStatistics statistics = counters.statistics();
        one(
                text,
                "ringmain_counters_operations_total",
                "counter",
                "Changes, transfers and snapshots.",
                statistics.operations());
        one(
                text,
                "ringmain_counters_contended_total",
                "counter",
                "Times that a thread was in another's way.",
                statistics.contended());
        one(text, "ringmain_counters_waiting", "gauge", "Threads that wait now.", statistics.waiting());
        times(text, "ringmain_counters_wait_seconds", "What threads waited, as far as timed.", statistics.waits());
        times(text, "ringmain_counters_hold_seconds", "What operations took, as far as timed.", statistics.holds());
        begin(text, "ringmain_counters_http_requests_total", "counter", "Requests that were answered.");
        String[] outcomes = {"ok", "wrong", "failed"};
        for (int i = 0; i < outcomes.length; i++) {
            text.append("ringmain_counters_http_requests_total{outcome=\"")
                    .append(outcomes[i])
                    .append("\"} ")
                    .append(answered[i].sum())
                    .append('\n');
        }
        return text.toString();
    }

    private static void begin(StringBuilder text, String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void one(StringBuilder text, String name, String type, String help, long value) {
        begin(text, name, type, help);
        text.append(name).append(' ').append(value).append('\n');
    }

    private static void times(StringBuilder text, String name, String help, Times times) {
        begin(text, name, "summary", help);
        text.append(name)
                .append("_sum ")
                .append(NumberText.plain(times.totalNs() / SECOND_NS))
                .append('\n');
        text.append(name).append("_count ").append(times.count()).append('\n');
    }
}
