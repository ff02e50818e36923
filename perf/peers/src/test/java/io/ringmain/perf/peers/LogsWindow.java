package io.ringmain.perf.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import io.ringmain.logs.Value;
import io.ringmain.logs.step.AggregateSpec;
import io.ringmain.logs.step.Computation;
import io.ringmain.logs.step.Computation.Function;
import io.ringmain.logs.step.Window;
import io.ringmain.logs.step.WindowSpec;
import io.ringmain.perf.peers.Outcome.Late;
import io.ringmain.perf.peers.Outcome.Row;
import io.ringmain.perf.peers.Outcome.Totals;
import io.ringmain.perf.peers.Script.Event;
import io.ringmain.spi.Progress;
import io.ringmain.window.Windows;
import java.util.ArrayList;
import java.util.List;

/** The window of log events, which has windows at fixed places only, and no lateness. */
final class LogsWindow implements Subject {

    private final Keys keys = new Keys();
    private final int key = keys.id("key");
    private final int value = keys.id("value");
    private final Value read = new Value();

    @Override
    public Outcome run(Script script) throws Exception {
        var totals = new AggregateSpec(
                List.of("key"),
                List.of(new Computation("count", Function.COUNT, null), new Computation("sum", Function.SUM, "value")),
                100);
        var window = new Window(keys, new WindowSpec((Windows.Aligned) script.windows(), totals, script.disorder()));
        List<Row> rows = new ArrayList<>();
        List<Late> late = new ArrayList<>();
        List<LogEvent> out = new ArrayList<>();
        var event = new LogEvent();
        int taken = 0;
        for (Event one : script.events()) {
            taken++;
            event.clear();
            event.setTimeNs(one.time());
            event.fields().putText(key, Text.of(one.key()));
            event.fields().putLong(value, one.value());
            long lateBefore = window.late();
            assertThat(window.emit(event, () -> added(out))).isEqualTo(Progress.DONE);
            if (window.late() > lateBefore) {
                late.add(new Late(taken, one));
            }
            move(out, rows, taken);
        }
        assertThat(window.finish(() -> added(out))).isEqualTo(Progress.DONE);
        move(out, rows, taken);
        assertThat(window.paneCount()).isZero();
        return new Outcome(rows, late);
    }

    private static LogEvent added(List<LogEvent> to) {
        to.add(new LogEvent());
        return to.get(to.size() - 1);
    }

    private void move(List<LogEvent> from, List<Row> to, int after) {
        for (LogEvent row : from) {
            var totals = new Totals(
                    String.valueOf(row.fieldText(key)),
                    number(row, WindowSpec.START),
                    number(row, WindowSpec.END),
                    number(row, "count"),
                    number(row, "sum"));
            to.add(new Row(after, false, totals));
        }
        from.clear();
    }

    private long number(LogEvent row, String name) {
        assertThat(row.read(keys.id(name), read)).as(name).isTrue();
        return read.longValue();
    }
}
