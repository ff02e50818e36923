package io.ringmain.logs.step;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** One computation for all groups: what it knows of a group lies in arrays at the group's number. */
abstract class Column {

    /** The field of the rows. */
    final int name;

    /** The field that is computed of, or {@link Keys#NONE}. */
    final int field;

    /** How many values it could not use. */
    long ignored;

    Column(Keys keys, Computation computation) {
        String of = computation.field();
        name = keys.id(computation.name());
        field = of == null ? Keys.NONE : keys.id(of);
    }

    static Column of(Keys keys, Computation computation, int jsonBytesMax) {
        return switch (computation.function()) {
            case COUNT -> new CountColumn(keys, computation);
            case SUM -> new SumColumn(keys, computation, false);
            case AVG -> new SumColumn(keys, computation, true);
            case MIN -> new ExtremeColumn(keys, computation, -1);
            case MAX -> new ExtremeColumn(keys, computation, 1);
            case COUNTS -> new CountsColumn(keys, computation, jsonBytesMax);
            case VARIANCE -> new VarianceColumn(keys, computation, false);
            case STDDEV -> new VarianceColumn(keys, computation, true);
            case FIRST -> new OutermostColumn(keys, computation, false);
            case LAST -> new OutermostColumn(keys, computation, true);
            case DISTINCT -> new DistinctColumn(keys, computation);
            case PERCENTILE -> new PercentileColumn(keys, computation);
            case TOP -> new CountsColumn(keys, computation, jsonBytesMax);
        };
    }

    /** Makes room for groups with numbers below {@code capacity}. */
    abstract void grow(int capacity);

    abstract void add(int group, LogEvent event);

    /** Adds what {@code from}, a column of the same computation, knows of its group {@code fromGroup}. */
    abstract void merge(int group, Column from, int fromGroup);

    /** Writes what it knows of the groups with numbers below {@code count}. */
    abstract void save(DataOutput out, int count) throws IOException;

    /** Takes over what {@link #save} wrote; there is room, and nothing is known yet. */
    abstract void load(DataInput in, int count) throws IOException;

    /** Puts the group's value into {@code row}; JSON goes to {@code json}, which becomes the row's line. */
    abstract void write(int group, LogEvent row, CountsJson json);
}
