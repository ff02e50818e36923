package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.WhenFailed;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.spi.EventType;
import io.ringmain.testing.CollectingSink;
import io.ringmain.window.Alert;
import io.ringmain.window.AnomalyRule;
import io.ringmain.window.AnomalyRules;
import io.ringmain.window.Baseline;
import io.ringmain.window.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checkpoint tests on anomalies of the event-stream text under their own names, in the engine's terms. */
@Timeout(20)
@ExtendWith(NoThreadLeft.class)
class EventStreamAnomaliesTextTest {

    private static final long SECOND_NS = 1_000_000_000L;

    private static final class Stats {
        private long startNs;
        private double count;
        private double average;

        void set(long startNs, double count, double average) {
            this.startNs = startNs;
            this.count = count;
            this.average = average;
        }
    }

    private static final EventType<Stats> STATS = EventType.of(
            Stats::new, stats -> stats.set(0, 0, 0), (from, to) -> to.set(from.startNs, from.count, from.average));

    /** Windows of (count, average) (100, 50), the baseline, then (105, 52), which is quiet, and (500, 95), which is not; alerts go to a sink like any event. */
    @Test
    void anomalyDetection() {
        double[][] windows = {{100, 50}, {105, 52}, {500, 95}};
        AnomalyRules<Stats> rules = new AnomalyRules<Stats>(stats -> stats.startNs, stats -> stats.startNs + SECOND_NS)
                .add(AnomalyRule.spike("count", 2, Baseline.first()), stats -> stats.count)
                .add(AnomalyRule.high("average", 1.5, Baseline.first()), stats -> stats.average);
        CollectingSink<Alert, String> sink = new CollectingSink<>(
                alert -> alert.startNs() / SECOND_NS + " s: " + alert.severity() + ' ' + alert.reason());

        try (Pipeline<Stats> pipeline = Pipeline.of("text", STATS)
                .whenFailed(WhenFailed.stop())
                .into("alert", Alert.TYPE, rules)
                .sink("alerts", sink)
                .build()) {
            pipeline.start();
            for (int i = 0; i < windows.length; i++) {
                long startNs = i * SECOND_NS;
                pipeline.publisher().publish((stats, window) -> stats.set(startNs, window[0], window[1]), windows[i]);
            }
            pipeline.endInput();
            pipeline.await();
        }

        assertThat(sink.values())
                .containsExactly(
                        "2 s: CRITICAL count 500: more than 2 times the usual 100",
                        "2 s: HIGH average 95: more than 1.5 times the usual 50");
    }

    /** The words of scores, and their edges. */
    @ParameterizedTest
    @CsvSource({
        "0.2, LOW",
        "0.5, MEDIUM",
        "0.8, HIGH",
        "0.95, CRITICAL",
        "0.3, MEDIUM",
        "0.6, HIGH",
        "0.9, CRITICAL",
        "NaN, LOW"
    })
    void calculateSeverity(double score, Severity severity) {
        assertThat(Severity.of(score)).isEqualTo(severity);
    }
}
