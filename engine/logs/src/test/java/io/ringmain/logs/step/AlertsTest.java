package io.ringmain.logs.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import io.ringmain.logs.parse.RejectedException;
import io.ringmain.spi.Stage;
import io.ringmain.spi.Stateful;
import io.ringmain.testing.StageContract;
import io.ringmain.window.AnomalyRule;
import io.ringmain.window.Baseline;
import io.ringmain.window.SeriesDetector;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Steps that judge a number of each group beside those before it. */
class AlertsTest {

    private static final long SECOND_NS = 1_000_000_000L;

    private final Keys keys = new Keys();
    private final int group = keys.id("group");
    private final int count = keys.id("count");
    private final int score = keys.id(Detect.SCORE);
    private final int reason = keys.id(Alerts.REASON);

    private Alerts alerts() {
        return new Alerts(keys, List.of("group"), AnomalyRule.spike("count", 2, Baseline.mean(3)), 10);
    }

    private Detect detect() {
        return new Detect(keys, "count", List.of("group"), 10);
    }

    private LogEvent row(String name, long start, double value) {
        LogEvent row = new LogEvent();
        row.fields().putTime(keys.id(WindowSpec.START), start);
        row.fields().putText(group, Text.of(name));
        row.fields().putDouble(count, value);
        return row;
    }

    private LogEvent given(Stage<LogEvent> stage, LogEvent row) throws Exception {
        assertThat(stage.process(row)).isTrue();
        return row;
    }

    private static byte[] saved(Stateful stage) throws IOException {
        var bytes = new ByteArrayOutputStream();
        stage.save(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static <S extends Stateful> S restored(S fresh, byte[] state) throws IOException {
        fresh.load(new DataInputStream(new ByteArrayInputStream(state)));
        return fresh;
    }

    @Test
    void whatIsUsualIsPartOfACheckpoint() throws Exception {
        Alerts before = alerts();
        for (String name : List.of("a", "b", "b")) {
            given(before, row(name, 0, name.equals("a") ? 10 : 100));
        }

        Alerts after = restored(alerts(), saved(before));

        assertThat(saved(after)).isEqualTo(saved(before));
        assertThat(given(after, row("b", SECOND_NS, 150)).fieldText(reason)).isNull();
        assertThat(given(after, row("a", SECOND_NS, 150)).fieldText(reason))
                .hasToString("count 150: more than 2 times the usual 10");
    }

    @Test
    void scoresAreThoseOfADetectorForEachGroupAlsoBehindACheckpoint() throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        Detect detect = detect();
        SeriesDetector a = new SeriesDetector();
        SeriesDetector b = new SeriesDetector();
        for (int i = 0; i < 500; i++) {
            long time = 600L * i * SECOND_NS;
            double value = random.nextDouble() + (i % 97 == 0 ? 5 : 0);
            String name = random.nextBoolean() ? "a" : "b";
            double expected = (name.equals("a") ? a : b).score(time, value);

            LogEvent row = given(detect, row(name, time, value));

            assertThat(row.fieldText(score)).hasToString(Double.toString(expected));
            if (i == 250) {
                detect = restored(detect(), saved(detect));
            }
        }
    }

    @Test
    void theTimeOfAnEventIsItsTimestampBeforeItsWindow() throws Exception {
        Detect byTimestamp = detect();
        Detect byWindow = detect();
        for (int i = 0; i < 200; i++) {
            long time = 7200L * i * SECOND_NS;
            LogEvent stamped = row("a", 0, i % 12);
            stamped.setTimeNs(time);
            given(byTimestamp, stamped);
            given(byWindow, row("a", time, i % 12));
        }

        assertThat(saved(byTimestamp)).isEqualTo(saved(byWindow));
    }

    @Test
    void whatHasNoNumberGetsNoScoreAndIsNotLearnt() throws Exception {
        Detect detect = detect();
        LogEvent none = row("a", 0, Double.NaN);

        assertThat(given(detect, none).fieldText(score)).isNull();
        assertThat(saved(detect)).isEqualTo(saved(detect()));
    }

    @Test
    void theyKeepTheContractOfStages() {
        for (double value : new double[] {10, 50}) {
            StageContract.of(this::alerts, LogEvent.TYPE, row -> Rows.text(row, keys))
                    .given(row -> fill(row, 10))
                    .given(row -> fill(row, value))
                    .given(LogEvent::clear)
                    .neverRetried()
                    .check();
        }
        StageContract.of(this::detect, LogEvent.TYPE, row -> Rows.text(row, keys))
                .given(row -> fill(row, 10))
                .given(LogEvent::clear)
                .neverRetried()
                .check();
    }

    private void fill(LogEvent row, double value) {
        row.fields().putText(group, Text.of("a"));
        row.fields().putDouble(count, value);
    }

    @Test
    void aRowWithoutRoomForTheMarkFails() {
        Alerts alerts = alerts();
        LogEvent full = row("a", 0, 50);
        for (int i = full.fields().count(); i < 1024; i++) {
            full.fields().putLong(keys.id("more" + i), i);
        }

        assertThatThrownBy(() -> {
                    given(alerts, row("a", 0, 10));
                    given(alerts, full);
                })
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("no room for another field");
    }
}
