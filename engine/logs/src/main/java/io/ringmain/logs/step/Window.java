package io.ringmain.logs.step;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import io.ringmain.window.Aggregation;
import io.ringmain.window.EventTime;
import io.ringmain.window.WindowResult;
import io.ringmain.window.Windowing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Totals of windows of event time, as core makes them: what an {@link Aggregate} computes, of each window. A row has {@code window_start} and {@code window_end} before its keys and values, and
 * {@code window_kind} if it is not the one result of a window that is complete: {@code update}, {@code early}, or {@code final} if the input ended before the window did.
 *
 * <p>Thread: what it makes, as core says.
 */
public final class Window implements WindowResult.Writer<LogEvent, LogEvent> {

    private final Keys keys;
    private final WindowSpec spec;
    private final FieldKeying keying;
    private final CountsJson json = new CountsJson();
    private final int startField;
    private final int endField;
    private final int kindField;
    private final List<AtomicLong> ignored = new ArrayList<>();
    private final AtomicLong rowsOfOthers = new AtomicLong();

    /** Makes windows over fields that {@code keys}, those of the pipeline, has the numbers of. */
    public Window(Keys keys, WindowSpec spec) {
        this.keys = keys;
        this.spec = spec;
        keying = new FieldKeying(keys, spec.totals().by());
        startField = keys.id(WindowSpec.START);
        endField = keys.id(WindowSpec.END);
        kindField = keys.id(WindowSpec.KIND);
        spec.totals().compute().forEach(computation -> ignored.add(new AtomicLong()));
    }

    /** What is computed. */
    public WindowSpec spec() {
        return spec;
    }

    /** The description for core. */
    public Windowing<LogEvent> windowing() {
        AggregateSpec totals = spec.totals();
        List<Supplier<? extends Aggregation<LogEvent>>> compute = new ArrayList<>();
        int jsonBytesMax = totals.jsonBytesMax();
        for (int i = 0; i < totals.compute().size(); i++) {
            Computation computation = totals.compute().get(i);
            AtomicLong ignoredByAll = ignored.get(i);
            compute.add(() -> {
                Column column = Column.of(keys, computation, jsonBytesMax);
                column.ignoreIn(ignoredByAll);
                return column;
            });
        }
        return new Windowing<>(
                spec.windows(),
                spec.time(),
                () -> new FieldKeying(keys, totals.by()),
                totals.groupsMax(),
                compute,
                spec.allowedLateness(),
                1,
                totals.toString());
    }

    @Override
    public void write(WindowResult<LogEvent> result, LogEvent row) {
        if (result.startNs() != EventTime.NONE) {
            row.fields().putTime(startField, result.startNs());
            row.fields().putTime(endField, result.endNs());
        }
        if (result.keyBytes() == null) {
            rowsOfOthers.incrementAndGet();
        }
        keying.write(result.keyBytes(), result.keyFrom(), row);
        json.clear();
        for (int i = 0; i < spec.totals().compute().size(); i++) {
            ((Column) result.aggregation(i)).write(result.group(), row, json);
        }
        json.becomeLineOf(row);
        if (result.kind() != WindowResult.Kind.COMPLETE) {
            row.fields().putText(kindField, word(result.kind()));
        }
    }

    /** How many rows were of groups that found no room. Any thread. */
    public long rowsOfOthers() {
        return rowsOfOthers.get();
    }

    /** For each computation that could not use some values, how many in this run: text where a number was needed, or the like. Any thread. */
    public Map<String, Long> ignored() {
        Map<String, Long> byName = new LinkedHashMap<>();
        for (int i = 0; i < ignored.size(); i++) {
            long count = ignored.get(i).get();
            if (count > 0) {
                byName.put(spec.totals().compute().get(i).name(), count);
            }
        }
        return byName;
    }

    private static final Text UPDATE = text(WindowResult.Kind.UPDATE);
    private static final Text EARLY = text(WindowResult.Kind.EARLY);
    private static final Text FINAL = text(WindowResult.Kind.FINAL);

    private static Text text(WindowResult.Kind kind) {
        return Text.of(kind.name().toLowerCase(Locale.ROOT));
    }

    private static Text word(WindowResult.Kind kind) {
        return switch (kind) {
            case UPDATE -> UPDATE;
            case EARLY -> EARLY;
            case COMPLETE, FINAL -> FINAL;
        };
    }

    /** When an event happened, by its timestamp. */
    public static EventTime<LogEvent> timestamp() {
        return EventTime.of(LogEvent::timeNs);
    }
}
