package io.ringmain.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.spi.EventType;
import io.ringmain.spi.Progress;
import io.ringmain.testing.EmitterContract;
import io.ringmain.testing.EventTypeContract;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows beside those before them. */
class AnomalyRulesTest {

    private static final long SECOND_NS = 1_000_000_000L;
    private static final long HOUR_NS = 3600 * SECOND_NS;

    /** A window as an embedder may have it. */
    private static final class Stats {
        private String key = "";
        private long startNs;
        private double count;
        private double average;

        private Stats with(String key, long startNs, double count, double average) {
            this.key = key;
            this.startNs = startNs;
            this.count = count;
            this.average = average;
            return this;
        }
    }

    private final List<Alert> alerts = new ArrayList<>();

    private static AnomalyRules<Stats> rules(AnomalyRule... rules) {
        var made = new AnomalyRules<Stats>(
                stats -> stats.startNs, stats -> stats.startNs + SECOND_NS, stats -> stats.key, 2);
        for (AnomalyRule rule : rules) {
            made.add(rule, stats -> rule.measure().equals("count") ? stats.count : stats.average);
        }
        return made;
    }

    private static AnomalyRule spike(Baseline baseline) {
        return AnomalyRule.spike("count", 2, baseline);
    }

    /** How many alerts a window gave. */
    private int emit(AnomalyRules<Stats> rules, String key, long startNs, double count, double average) {
        int before = alerts.size();
        Progress progress = rules.emit(new Stats().with(key, startNs, count, average), () -> {
            alerts.add(new Alert());
            return alerts.get(alerts.size() - 1);
        });
        assertThat(progress).isEqualTo(Progress.DONE);
        return alerts.size() - before;
    }

    @ParameterizedTest
    @CsvSource({
        "52.000000000000007, 52, 20.1, 20.1",
        "1234567.891, 1234570, 0.333333333333, 0.333333",
        "Infinity, Infinity, 1e-9, 1.0E-9"
    })
    void aReasonHasTheDigitsThatPeopleRead(double value, String valueText, double usual, String usualText) {
        Alert alert = new Alert();
        alert.fill(0, SECOND_NS, "", AnomalyRule.high("average", 1.5, Baseline.first()));
        alert.compare(value, usual);

        assertThat(alert.reason()).isEqualTo("average " + valueText + ": more than 1.5 times the usual " + usualText);
    }

    /** Which of some counts alert, one window after the other. */
    private List<Double> alerting(AnomalyRules<Stats> rules, double... counts) {
        List<Double> alerting = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (emit(rules, "", i * SECOND_NS, counts[i], 0) > 0) {
                alerting.add(counts[i]);
            }
        }
        return alerting;
    }

    @Test
    void anAlertSaysWhatIsWrongWhereAndHowBad() {
        var rules = rules(spike(Baseline.first()), AnomalyRule.high("average", 1.5, Baseline.first()));
        emit(rules, "", 0, 100, 50);

        assertThat(emit(rules, "", 2 * SECOND_NS, 500, 95)).isEqualTo(2);

        Alert spike = alerts.get(0);
        assertThat(spike.measure()).isEqualTo("count");
        assertThat(spike.startNs()).isEqualTo(2 * SECOND_NS);
        assertThat(spike.endNs()).isEqualTo(3 * SECOND_NS);
        assertThat(spike.value()).isEqualTo(500);
        assertThat(spike.baseline()).isEqualTo(100);
        assertThat(spike.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(spike.reason()).isEqualTo("count 500: more than 2 times the usual 100");
        assertThat(alerts.get(1).reason()).isEqualTo("average 95: more than 1.5 times the usual 50");
    }

    @Test
    void theFirstWindowStaysTheBaseline() {
        assertThat(alerting(rules(spike(Baseline.first())), 10, 19, 19, 30, 20, 21))
                .containsExactly(30.0, 21.0);
    }

    @Test
    void aMeanIsOfTheLastWindows() {
        // 10 and 20, then 20 and 20, then 20 and 40.
        assertThat(alerting(rules(spike(Baseline.mean(2)).after(2)), 90, 10, 20, 20, 41, 59))
                .containsExactly(41.0);
    }

    @Test
    void anEwmaFollowsByItsAlpha() {
        // 10, then 10 + 0.5 * (20 - 10) = 15.
        assertThat(alerting(rules(spike(Baseline.ewma(0.5))), 10, 20, 30)).isEmpty();
        assertThat(alerting(rules(spike(Baseline.ewma(0.5))), 10, 20, 30.5)).containsExactly(30.5);
    }

    @Test
    void aMedianCountsInDeviations() {
        // Median 10, median deviation 1, so a deviation is 1.4826: the limit is 14.4478.
        var rule = new AnomalyRule("count", 3, Baseline.median(5), 5, Severity.MEDIUM);

        assertThat(alerting(rules(rule), 8, 9, 10, 11, 12, 14.4)).isEmpty();
        assertThat(alerting(rules(rule), 8, 9, 10, 11, 12, 14.5)).containsExactly(14.5);
        assertThat(alerts.get(0).reason()).isEqualTo("count 14.5: more than 3 deviations above the usual 10");
    }

    @Test
    void aMedianOfEqualWindowsLeavesSomeRoom() {
        var rule = new AnomalyRule("count", 3, Baseline.median(5), 3, Severity.MEDIUM);

        assertThat(alerting(rules(rule), 100, 100, 100, 102, 100, 104)).containsExactly(104.0);
    }

    @Test
    void eachHourOfTheDayHasABaselineOfItsOwn() {
        var rules = rules(spike(Baseline.hourOfDay(0.5)));
        emit(rules, "", 3 * HOUR_NS, 10, 0);
        emit(rules, "", 15 * HOUR_NS, 1000, 0);

        assertThat(emit(rules, "", 39 * HOUR_NS, 1500, 0)).isZero();
        assertThat(emit(rules, "", 27 * HOUR_NS, 100, 0)).isOne();
        assertThat(emit(rules, "", 28 * HOUR_NS, 100, 0)).isZero();
    }

    @Test
    void beforeTheLeastNumberOfSamplesNothingIsJudged() {
        assertThat(alerting(rules(spike(Baseline.ewma(0.1)).after(3)), 10, 100, 1000))
                .isEmpty();
        assertThat(alerting(rules(spike(Baseline.ewma(0.1)).after(2)), 10, 100, 1000))
                .containsExactly(1000.0);
    }

    @Test
    void aSpikeDoesNotHideTheNextOne() {
        // The spike is learnt as 20: 10 + 0.5 * (20 - 10) = 15.
        assertThat(alerting(rules(spike(Baseline.ewma(0.5))), 10, 10_000, 31)).containsExactly(10_000.0, 31.0);
    }

    @Test
    void aLevelThatStaysBecomesUsual() {
        assertThat(alerting(rules(spike(Baseline.ewma(0.5))), 10, 100, 100, 100, 100, 100, 100, 100))
                .as("limits 20, 30, 45, 67.5, 101.25")
                .hasSize(4);
        // Nothing is a multiple of nought, which otherwise would stay for ever.
        assertThat(alerting(rules(spike(Baseline.ewma(0.5))), 0, 100, 100, 100)).containsExactly(100.0);
    }

    @Test
    void whatIsNotANumberIsNotThere() {
        assertThat(alerting(rules(spike(Baseline.first())), Double.NaN, 10, Double.NaN, 21))
                .containsExactly(21.0);
    }

    @Test
    void keysAreJudgedEachForItselfAndNotBeyondTheirBound() {
        var rules = rules(spike(Baseline.first()));
        emit(rules, "a", 0, 10, 0);
        emit(rules, "b", 0, 100, 0);
        emit(rules, "c", 0, 1, 0);

        assertThat(emit(rules, "a", SECOND_NS, 50, 0)).isOne();
        assertThat(alerts.get(0).key()).isEqualTo("a");
        assertThat(emit(rules, "b", SECOND_NS, 150, 0)).isZero();
        assertThat(emit(rules, "c", SECOND_NS, 50, 0)).isZero();
        assertThat(rules.windowsUnjudged()).isEqualTo(2);
    }

    @Test
    void itKeepsTheContractOfEmittersAndAlertsThatOfEvents() {
        EventType<Stats> type = EventType.of(
                Stats::new,
                stats -> stats.with("", 0, 0, 0),
                (from, to) -> to.with(from.key, from.startNs, from.count, from.average));
        EmitterContract.of(
                        () -> rules(spike(Baseline.first()), AnomalyRule.high("average", 1.5, Baseline.ewma(0.5))),
                        type,
                        Alert.TYPE,
                        alert -> alert.startNs() + alert.key() + alert.reason())
                .given(stats -> stats.with("a", 0, 10, 10))
                .given(stats -> stats.with("a", 1, 100, 100))
                .given(stats -> stats.with("a", 2, 100, 100))
                .check();
        EventTypeContract.of(Alert.TYPE, alert -> alert.startNs() + alert.key() + alert.reason())
                .filledBy(alert -> {
                    alert.fill(1, 2, "k", spike(Baseline.first()));
                    alert.compare(5, 2);
                })
                .check();
    }

    @ParameterizedTest
    @CsvSource({"first", "mean", "ewma", "median", "hour"})
    void itGoesOnFromItsState(String name) throws IOException {
        Baseline baseline =
                switch (name) {
                    case "first" -> Baseline.first();
                    case "mean" -> Baseline.mean(3);
                    case "ewma" -> Baseline.ewma(0.3);
                    case "median" -> Baseline.median(3);
                    default -> Baseline.hourOfDay(0.3);
                };
        var rule = new AnomalyRule("count", 1.2, baseline, 1, Severity.LOW);
        var whole = rules(rule);
        alerting(whole, 10, 12, 30, 14);
        var out = new ByteArrayOutputStream();
        whole.save(new DataOutputStream(out));

        var loaded = rules(rule);
        loaded.load(new DataInputStream(new ByteArrayInputStream(out.toByteArray())));

        double[] more = {13, 15, 19, 13, 40, 17};
        assertThat(alerting(loaded, more)).isEqualTo(alerting(whole, more)).isNotEmpty();
        var other = rules(rule, rule);
        assertThatThrownBy(() -> other.load(new DataInputStream(new ByteArrayInputStream(out.toByteArray()))))
                .isInstanceOf(IOException.class)
                .hasMessage("anomaly rules: the state of 1 rules (expected: of 2)");
    }

    @Test
    void wrongRulesAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnomalyRule.spike("count", 0, Baseline.first()))
                .withMessage("rule count.above: 0.0 (expected: > 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spike(Baseline.mean(3)).after(4))
                .withMessage("rule count.samplesMin: 4 (expected: at most as many windows as the baseline has)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Baseline.ewma(0))
                .withMessage("baseline.ewma: 0.0 (expected: > 0, <= 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Baseline.median(0))
                .withMessage("baseline.median: 0 windows (expected: 1 to 1000)");
    }
}
