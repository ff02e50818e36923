package io.ringmain.logs.step;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.spi.Emitter;
import io.ringmain.spi.Outlet;
import io.ringmain.spi.Progress;
import io.ringmain.spi.Stateful;
import io.ringmain.window.KeyTable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Totals of the whole run: takes events into groups of the same values, and gives one row for each group at the end of input. A row
 * is an event too: its fields are those that were grouped by and those that were computed, so filters, enrichers and sinks may follow.
 *
 * <p>Values are the same key if they are of one kind and equal; a number is one by its value, however it was written. What is missing is
 * a key of its own and also missing in the row. Rows come in the order of their keys: no and yes, numbers, times, levels, text by
 * its bytes, missing. Without a field to group by there is one row, also for no events. Text that looks like a number is taken as one
 * where a number is needed; a value that cannot be used is counted in {@link #ignored()}. A sum, an average or an extreme of no values is
 * missing in the row.
 *
 * <p>Bounded: keys beyond {@link AggregateSpec#groupsMax}, keys of more than 4 KiB, and those that come when all keys together
 * have 64 MiB, share one row, the last. Its field {@code other} is true, and the first field that was grouped by, unless it is the level or
 * the time, holds the text {@code other}. {@code COUNTS} tells 1000 values of a group apart, a million in all, and counts the rest
 * as {@code other}; values that look the same as text, and that text, share one count.
 *
 * <p>Thread: one lane. Allocates when a group is seen first and for the rows, never per event; text that has more digits than a double
 * and is summed up as a number is the exception. Never fails on data. {@link #merge} joins what several lanes took.
 */
public final class Aggregate implements Emitter<LogEvent, LogEvent>, Stateful {

    private static final int CAPACITY_MIN = 16;
    private static final int FORMAT = 2;

    private final AggregateSpec spec;
    private final GroupKeys groups;
    // Those of the rows, and the count of events if no row shows it.
    private final Column[] columns;
    private final CountColumn events;
    private final CountsJson json = new CountsJson();
    // Groups have numbers below this in the columns.
    private int capacity;
    private int @Nullable [] ordered;
    private int cursor;

    /** Makes an aggregate over fields that {@code keys}, those of the pipeline, has the numbers of. */
    public Aggregate(Keys keys, AggregateSpec spec) {
        this.spec = spec;
        groups = new GroupKeys(keys, spec.by(), spec.groupsMax());
        List<Column> made = new ArrayList<>();
        for (Computation computation : spec.compute()) {
            made.add(Column.of(keys, computation, spec.jsonBytesMax()));
        }
        events = made.stream()
                .filter(column -> column instanceof CountColumn && column.field == Keys.NONE)
                .map(CountColumn.class::cast)
                .findFirst()
                .orElseGet(() -> new CountColumn(keys, new Computation("events", Computation.Function.COUNT, null)));
        if (!made.contains(events)) {
            made.add(events);
        }
        columns = made.toArray(Column[]::new);
        grow(CAPACITY_MIN);
    }

    /** Makes an aggregate that counts events by {@code names}; rows have the count as {@code count}. */
    public static Aggregate countBy(Keys keys, String... names) {
        return new Aggregate(keys, AggregateSpec.countBy(names));
    }

    private void grow(int newCapacity) {
        capacity = newCapacity;
        for (Column column : columns) {
            column.grow(capacity);
        }
    }

    /** What is computed. */
    public AggregateSpec spec() {
        return spec;
    }

    @Override
    public Progress emit(LogEvent event, Outlet<LogEvent> outlet) {
        int group = groups.number(event);
        if (group >= capacity) {
            grow(2 * capacity);
        }
        for (Column column : columns) {
            column.add(group, event);
        }
        return Progress.DONE;
    }

    @Override
    public Progress finish(Outlet<LogEvent> outlet) {
        int[] rows = ordered;
        if (rows == null) {
            if (spec.by().isEmpty()) {
                // All events have the same key, the empty one, and so has no event at all.
                groups.number(new LogEvent());
            }
            rows = groups.ordered();
            ordered = rows;
        }
        int count = rows.length + (eventsInOther() > 0 ? 1 : 0);
        while (cursor < count) {
            LogEvent row = outlet.claim();
            if (row == null) {
                return Progress.MORE;
            }
            write(cursor < rows.length ? rows[cursor] : KeyTable.OTHER, row);
            cursor++;
        }
        return Progress.DONE;
    }

    private void write(int group, LogEvent row) {
        groups.write(group, row);
        json.clear();
        for (int i = 0; i < spec.compute().size(); i++) {
            columns[i].write(group, row, json);
        }
        json.becomeLineOf(row);
    }

    /**
     * Takes in all that {@code other} has taken, which stays as it is: as if its events had come here after the own ones. Only sums with
     * fractions may differ in their last digits, and other keys may share the last row if there are more than the bound.
     *
     * @throws IllegalArgumentException if {@code other} computes something else
     */
    public void merge(Aggregate other) {
        if (!spec.equals(other.spec)) {
            throw new IllegalArgumentException(
                    "aggregate.merge: " + other.spec + " (expected: the same computation, " + spec + ')');
        }
        for (int from = KeyTable.OTHER; from <= other.groups.count(); from++) {
            int group = groups.number(other.groups, from);
            if (group >= capacity) {
                grow(2 * capacity);
            }
            for (int i = 0; i < columns.length; i++) {
                columns[i].merge(group, other.columns[i], from);
            }
        }
        for (int i = 0; i < columns.length; i++) {
            columns[i].ignore(other.columns[i].ignored());
        }
    }

    /** Writes all groups and what is known of them. */
    @Override
    public void save(DataOutput out) throws IOException {
        out.writeInt(FORMAT);
        out.writeUTF(spec.toString());
        groups.save(out);
        for (Column column : columns) {
            out.writeLong(column.ignored());
            column.save(out, groups.count() + 1);
        }
    }

    @Override
    public void load(DataInput in) throws IOException {
        int format = in.readInt();
        if (format != FORMAT) {
            throw new IOException(
                    "aggregate: format " + format + " (expected: " + FORMAT + "); it was written by another version");
        }
        String saved = in.readUTF();
        if (!saved.equals(spec.toString())) {
            throw new IOException("aggregate: the checkpoint has " + saved + " (expected: the same computation, " + spec
                    + "); give the plan that wrote it");
        }
        groups.load(in);
        int count = groups.count() + 1;
        if (count > capacity) {
            grow(count);
        }
        for (Column column : columns) {
            column.ignore(in.readLong());
            column.load(in, count);
        }
    }

    /** How many groups are told apart now. */
    public int groupCount() {
        return groups.count();
    }

    /** How many events belong to groups that found no room. */
    public long eventsInOther() {
        return events.count(KeyTable.OTHER);
    }

    /** For each computation that could not use some values, how many: text where a number was needed, or the like. */
    public Map<String, Long> ignored() {
        Map<String, Long> ignored = new LinkedHashMap<>();
        for (int i = 0; i < columns.length; i++) {
            if (columns[i].ignored() > 0) {
                ignored.put(spec.compute().get(i).name(), columns[i].ignored());
            }
        }
        return ignored;
    }
}
