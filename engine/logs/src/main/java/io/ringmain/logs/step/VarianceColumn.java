package io.ringmain.logs.step;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;
import io.ringmain.window.Aggregation;
import io.ringmain.window.Moments;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The variance of a sample, or its root, as SQL's {@code var_samp}; missing for fewer than two numbers, and where no double holds it. */
final class VarianceColumn extends Column {

    private final boolean isRoot;
    private final Value value = new Value();
    private final Moments moments = new Moments();

    VarianceColumn(Keys keys, Computation computation, boolean isRoot) {
        super(keys, computation);
        this.isRoot = isRoot;
    }

    @Override
    public void grow(int capacity) {
        moments.grow(capacity);
    }

    @Override
    public void add(int group, LogEvent event) {
        if (!event.read(field, value)) {
            return;
        }
        if (Numbers.read(value)) {
            moments.add(group, value.doubleValue());
        } else {
            ignore(1);
        }
    }

    @Override
    public void merge(int group, Aggregation<LogEvent> from, int fromGroup) {
        moments.merge(group, ((VarianceColumn) from).moments, fromGroup);
    }

    @Override
    public void clear(int group) {
        moments.clear(group);
    }

    @Override
    public void save(DataOutput out, int count) throws IOException {
        moments.save(out, count);
    }

    @Override
    public void load(DataInput in, int count) throws IOException {
        moments.load(in, count);
    }

    @Override
    void write(int group, LogEvent row, CountsJson json) {
        double variance = moments.variance(group);
        if (Double.isFinite(variance)) {
            row.fields().putDouble(name, isRoot ? Math.sqrt(variance) : variance);
        }
    }
}
