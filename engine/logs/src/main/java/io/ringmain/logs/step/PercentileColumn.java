package io.ringmain.logs.step;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;
import io.ringmain.window.Aggregation;
import io.ringmain.window.Percentiles;
import io.ringmain.window.StateAggregation;

/** The least number that so many percent of all are not above, about, as {@link Percentiles} says. */
final class PercentileColumn extends Column implements StateAggregation<LogEvent, Percentiles> {

    private final double percent;
    private final Value value = new Value();
    private final Percentiles numbers = new Percentiles();

    PercentileColumn(Keys keys, Computation computation) {
        super(keys, computation);
        percent = computation.argument();
    }

    @Override
    public Percentiles state() {
        return numbers;
    }

    @Override
    public void add(int group, LogEvent event) {
        if (!event.read(field, value)) {
            return;
        }
        if (Numbers.read(value)) {
            long before = numbers.leftOut();
            numbers.add(group, value.doubleValue());
            ignore(numbers.leftOut() - before);
        } else {
            ignore(1);
        }
    }

    @Override
    public void merge(int group, Aggregation<LogEvent> from, int fromGroup) {
        long before = numbers.leftOut();
        numbers.merge(group, ((PercentileColumn) from).numbers, fromGroup);
        ignore(numbers.leftOut() - before);
    }

    @Override
    void write(int group, LogEvent row, CountsJson json) {
        double number = numbers.of(group, percent);
        long whole = (long) number;
        if (whole == number && whole != Long.MAX_VALUE) {
            row.fields().putLong(name, whole);
        } else if (!Double.isNaN(number)) {
            row.fields().putDouble(name, number);
        }
    }
}
