package io.ringmain.logs.step;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.window.Aggregation;
import java.util.concurrent.atomic.AtomicLong;

/** One computation for all groups: what it knows of a group lies in arrays at the group's number. */
abstract class Column implements Aggregation<LogEvent> {

    /** The field of the rows. */
    final int name;

    /** The field that is computed of, or {@link Keys#NONE}. */
    final int field;

    private AtomicLong ignored = new AtomicLong();

    Column(Keys keys, Computation computation) {
        String of = computation.field();
        name = keys.id(computation.name());
        field = of == null ? Keys.NONE : keys.id(of);
    }

    /** Says that {@code count} values could not be used. */
    final void ignore(long count) {
        ignored.addAndGet(count);
    }

    /** How many values it could not use. */
    final long ignored() {
        return ignored.get();
    }

    /** Counts values that it cannot use in {@code all}, for all columns of a computation together. */
    final void ignoreIn(AtomicLong all) {
        ignored = all;
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

    /** Puts the group's value into {@code row}; JSON goes to {@code json}, which becomes the row's line. */
    abstract void write(int group, LogEvent row, CountsJson json);
}
