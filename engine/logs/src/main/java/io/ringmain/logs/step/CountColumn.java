package io.ringmain.logs.step;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;
import io.ringmain.window.Aggregation;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** How many events there are, or how many have a field. */
final class CountColumn extends Column {

    private final Value value = new Value();
    private long[] counts = {};

    CountColumn(Keys keys, Computation computation) {
        super(keys, computation);
    }

    @Override
    public void grow(int capacity) {
        counts = Arrays.copyOf(counts, capacity);
    }

    @Override
    public void add(int group, LogEvent event) {
        if (field == Keys.NONE || event.read(field, value)) {
            counts[group]++;
        }
    }

    @Override
    public void merge(int group, Aggregation<LogEvent> from, int fromGroup) {
        counts[group] += ((CountColumn) from).counts[fromGroup];
    }

    @Override
    public void clear(int group) {
        counts[group] = 0;
    }

    @Override
    public void save(DataOutput out, int count) throws IOException {
        for (int group = 0; group < count; group++) {
            out.writeLong(counts[group]);
        }
    }

    @Override
    public void load(DataInput in, int count) throws IOException {
        for (int group = 0; group < count; group++) {
            counts[group] = in.readLong();
        }
    }

    @Override
    void write(int group, LogEvent row, CountsJson json) {
        row.fields().putLong(name, counts[group]);
    }

    long count(int group) {
        return counts[group];
    }
}
