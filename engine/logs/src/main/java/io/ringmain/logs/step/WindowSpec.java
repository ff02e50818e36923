package io.ringmain.logs.step;

import static java.util.Objects.requireNonNull;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import io.ringmain.window.EventTime;
import io.ringmain.window.Windows;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@link Window} computes.
 *
 * @param windows where windows begin and end
 * @param totals what is computed in each
 * @param time when events happened, and by how much they may be out of order
 * @param allowedLateness for so long a window that was given is kept, and given again for each event that comes for it; at least 0
 */
public record WindowSpec(Windows windows, AggregateSpec totals, EventTime<LogEvent> time, Duration allowedLateness) {

    /** The field of a result that says when its window began: {@value}. */
    public static final String START = "window_start";

    /** The field of a result that says when its window ended: {@value}. */
    public static final String END = "window_end";

    /** The field of a result that says why it is given, if its window is not over and complete: {@value}. */
    public static final String KIND = "window_kind";

    /** Checks that each field of a result has one meaning. */
    public WindowSpec {
        requireNonNull(windows, "windows");
        requireNonNull(time, "time");
        requireNonNull(allowedLateness, "allowedLateness");
        for (String name : List.of(START, END, KIND)) {
            boolean isTaken = totals.by().contains(name)
                    || totals.compute().stream().anyMatch(one -> one.name().equals(name));
            if (isTaken) {
                throw new IllegalArgumentException(
                        "window: a field " + name + " (expected: another name); each result has it already");
            }
        }
    }

    /** Returns the fields of the results, for events that have those of {@code events}. */
    public Schema rows(Schema events) {
        Map<String, FieldType> types = new LinkedHashMap<>();
        types.put(START, FieldType.TIME);
        types.put(END, FieldType.TIME);
        types.putAll(totals.rows(events).types());
        types.put(KIND, FieldType.TEXT);
        return new Schema(types, false);
    }
}
