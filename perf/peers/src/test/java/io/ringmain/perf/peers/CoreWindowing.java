package io.ringmain.perf.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.internal.window.WindowEmitter;
import io.ringmain.perf.peers.Outcome.Late;
import io.ringmain.perf.peers.Outcome.Row;
import io.ringmain.perf.peers.Outcome.Totals;
import io.ringmain.perf.peers.Script.Event;
import io.ringmain.spi.Progress;
import io.ringmain.window.Aggregations;
import io.ringmain.window.EventTime;
import io.ringmain.window.KeyBuffer;
import io.ringmain.window.WindowResult;
import io.ringmain.window.WindowResult.Kind;
import io.ringmain.window.Windowing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The windows of any events, as the lane of a pipeline drives them. */
final class CoreWindowing implements Subject {

    private final boolean isBusy;

    /** Makes a lane; one that {@code isBusy} takes the next event after a batch of results, though more are due. */
    CoreWindowing(boolean isBusy) {
        this.isBusy = isBusy;
    }

    /** Where a result is written to. */
    private static final class Written {

        private boolean isAgain;
        private Totals totals = new Totals("", 0, 0, 0, 0);

        static void write(WindowResult<Event> result, Written to) {
            to.isAgain = result.kind() == Kind.UPDATE;
            byte[] key = Objects.requireNonNull(result.keyBytes());
            to.totals = new Totals(
                    KeyBuffer.textAt(key, result.keyFrom()),
                    result.startNs(),
                    result.endNs(),
                    result.longValue(0),
                    result.longValue(1));
        }
    }

    @Override
    public Outcome run(Script script) throws Exception {
        Windowing<Event> windowing = Windowing.of(
                        script.windows(), EventTime.of(Event::time).disorder(Duration.ofNanos(script.disorder())))
                .byText(Event::key)
                .compute(Aggregations.count())
                .compute(Aggregations.sum(Event::value))
                .allowedLateness(Duration.ofNanos(script.lateness()));
        var emitter = new WindowEmitter<Event, Written>(windowing, Written::write);
        emitter.connect(List.of("feed"));
        List<Row> rows = new ArrayList<>();
        List<Late> late = new ArrayList<>();
        List<Written> out = new ArrayList<>();
        int taken = 0;
        for (Event event : script.events()) {
            taken++;
            Progress progress = Progress.MORE;
            while (progress == Progress.MORE) {
                progress = emitter.emit(event, 0, () -> added(out));
            }
            if (emitter.wasLate()) {
                late.add(new Late(taken, event));
            }
            while (!isBusy && emitter.isBehind()) {
                emitter.proceed(() -> added(out));
            }
            move(out, rows, taken, script);
        }
        Progress end = Progress.MORE;
        while (end == Progress.MORE) {
            end = emitter.finish(() -> added(out));
        }
        move(out, rows, taken, script);
        assertThat(emitter.kept()).as("windows left").isZero();
        return new Outcome(rows, late);
    }

    private static Written added(List<Written> to) {
        to.add(new Written());
        return to.get(to.size() - 1);
    }

    private static void move(List<Written> from, List<Row> to, int after, Script script) {
        from.forEach(one -> to.add(new Row(after, one.isAgain && script.isUpdateBehindTime(), one.totals)));
        from.clear();
    }
}
