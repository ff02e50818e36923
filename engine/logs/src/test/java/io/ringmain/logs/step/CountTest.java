package io.ringmain.logs.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import io.ringmain.spi.Outlet;
import io.ringmain.spi.Progress;
import io.ringmain.testing.EmitterContract;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountTest {

    private final LogEvent event = new LogEvent();

    @Test
    void rowsAreOrderedByLevelThenBySource() {
        Count count = new Count(CountBy.LEVEL, CountBy.SOURCE);
        give(count, Level.ERROR, "web", 2);
        give(count, Level.DEBUG, "auth", 1);
        give(count, Level.INFO, "web", 1);
        give(count, null, "Zoo", 1);

        assertThat(rows(count))
                .containsExactly(
                        "LEVEL DEBUG 1",
                        "LEVEL INFO 1",
                        "LEVEL ERROR 2",
                        "LEVEL unknown 1",
                        "SOURCE Zoo 1",
                        "SOURCE auth 1",
                        "SOURCE web 3");
    }

    @Test
    void onlyWhatWasAskedForIsCounted() {
        Count count = new Count(CountBy.SOURCE);
        give(count, Level.INFO, "web", 1);

        assertThat(rows(count)).containsExactly("SOURCE web 1");
    }

    @Test
    void aSourceInTheLineAndAConstantAreTheSameKey() {
        Count count = new Count(CountBy.SOURCE);
        give(count, Level.INFO, "web", 1);
        event.clear();
        event.fields().putText(Keys.SOURCE, Text.of("web"));
        count.emit(event, () -> null);

        assertThat(rows(count)).containsExactly("SOURCE web 2");
    }

    @Test
    void keysBeyondTheBoundShareTheRowOther() {
        Count count = new Count(2, EnumSet.of(CountBy.SOURCE));
        give(count, Level.INFO, "other", 1);
        give(count, Level.INFO, "a", 1);
        give(count, Level.INFO, "b", 2);
        give(count, Level.INFO, "c", 3);
        give(count, Level.INFO, "a", 1);

        List<Boolean> others = new ArrayList<>();
        CountRow row = CountRow.TYPE.create();
        List<String> rows = new ArrayList<>();
        while (true) {
            boolean[] given = new boolean[1];
            Progress progress = count.finish(once(row, given));
            if (given[0]) {
                rows.add(row.toString());
                others.add(row.isOther());
            }
            if (progress == Progress.DONE) {
                break;
            }
        }

        assertThat(rows).containsExactly("SOURCE a 2", "SOURCE other 1", "SOURCE other 5");
        assertThat(others).containsExactly(false, false, true);
    }

    @Test
    void manySourcesAreAllToldApart() {
        Count count = new Count(CountBy.SOURCE);
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 5_000; i++) {
                give(count, Level.INFO, "service-" + i, 1);
            }
        }

        assertThat(rows(count)).hasSize(5_000).allMatch(row -> row.endsWith(" 2"));
    }

    @Test
    void theEmitterKeepsItsContract() {
        EmitterContract.of(
                        () -> new Count(CountBy.LEVEL, CountBy.SOURCE),
                        LogEvent.TYPE,
                        CountRow.TYPE,
                        CountRow::toString)
                .given(first -> fill(first, Level.INFO, "web"))
                .given(second -> fill(second, Level.WARN, "auth"))
                .given(third -> fill(third, Level.INFO, "auth"))
                .check();
    }

    @Test
    void aBoundBelowOneIsRefused() {
        assertThatThrownBy(() -> new Count(0, EnumSet.of(CountBy.LEVEL)))
                .hasMessage("count.groupsMax: 0 (expected: >= 1)");
    }

    private void give(Count count, Level level, String source, int times) {
        for (int i = 0; i < times; i++) {
            fill(event, level, source);
            count.emit(event, () -> null);
        }
    }

    private static void fill(LogEvent event, Level level, String source) {
        event.clear();
        event.setLine("[" + source + "] message");
        event.fields().putSpan(Keys.SOURCE, 1, source.length());
        if (level != null) {
            event.setLevel(level);
        }
    }

    private static List<String> rows(Count count) {
        List<CountRow> rows = new ArrayList<>();
        Progress progress = count.finish(() -> {
            rows.add(CountRow.TYPE.create());
            return rows.get(rows.size() - 1);
        });
        assertThat(progress).isEqualTo(Progress.DONE);
        return rows.stream().map(CountRow::toString).toList();
    }

    private static Outlet<CountRow> once(CountRow row, boolean[] given) {
        return () -> {
            if (given[0]) {
                return null;
            }
            given[0] = true;
            return row;
        };
    }
}
