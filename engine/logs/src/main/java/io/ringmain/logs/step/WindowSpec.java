package io.ringmain.logs.step;

import static java.util.Objects.requireNonNull;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.Schema;
import io.ringmain.window.Windows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@link Window} computes.
 *
 * @param windows where windows begin and end
 * @param totals what is computed in each
 * @param disorderNs by how much an event may be older than one that came before it, and still be counted; at least 0
 */
public record WindowSpec(Windows.Aligned windows, AggregateSpec totals, long disorderNs) {

    /** The field of a result that says when its window began: {@value}. */
    public static final String START = "window_start";

    /** The field of a result that says when its window ended: {@value}. */
    public static final String END = "window_end";

    /** Checks that each field of a result has one meaning. */
    public WindowSpec {
        requireNonNull(windows, "windows");
        if (disorderNs < 0) {
            throw new IllegalArgumentException("window.disorder: " + disorderNs + " ns (expected: >= 0)");
        }
        for (String name : List.of(START, END)) {
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
        return new Schema(types, false);
    }
}
