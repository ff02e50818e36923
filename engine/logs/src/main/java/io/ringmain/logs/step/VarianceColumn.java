package io.ringmain.logs.step;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;
import io.ringmain.window.Moments;
import io.ringmain.window.StateAggregation;

/** The variance of a sample, or its root, as SQL's {@code var_samp}; missing for fewer than two numbers, and where no double holds it. */
final class VarianceColumn extends Column implements StateAggregation<LogEvent, Moments> {

    private final boolean isRoot;
    private final Value value = new Value();
    private final Moments moments = new Moments();

    VarianceColumn(Keys keys, Computation computation, boolean isRoot) {
        super(keys, computation);
        this.isRoot = isRoot;
    }

    @Override
    public Moments state() {
        return moments;
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
    void write(int group, LogEvent row, CountsJson json) {
        double variance = moments.variance(group);
        if (Double.isFinite(variance)) {
            row.fields().putDouble(name, isRoot ? Math.sqrt(variance) : variance);
        }
    }
}
