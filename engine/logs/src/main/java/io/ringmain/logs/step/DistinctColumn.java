package io.ringmain.logs.step;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;
import io.ringmain.window.Aggregation;
import io.ringmain.window.DistinctCounts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How many values there are that differ, about. Values are the same as in keys: 200 is 200.0, but not the text 200. Values that are too long for a key are left out. */
final class DistinctColumn extends Column {

    private final Value value = new Value();
    private final KeyBytes key = new KeyBytes();
    private final DistinctCounts counts = new DistinctCounts();

    DistinctColumn(Keys keys, Computation computation) {
        super(keys, computation);
    }

    @Override
    public void grow(int capacity) {
        counts.grow(capacity);
    }

    @Override
    public void add(int group, LogEvent event) {
        if (!event.read(field, value)) {
            return;
        }
        key.clear();
        if (key.add(value)) {
            counts.add(group, key.hash());
        } else {
            ignore(1);
        }
    }

    @Override
    public void merge(int group, Aggregation<LogEvent> from, int fromGroup) {
        counts.merge(group, ((DistinctColumn) from).counts, fromGroup);
    }

    @Override
    public void clear(int group) {
        counts.clear(group);
    }

    @Override
    public void save(DataOutput out, int count) throws IOException {
        counts.save(out, count);
    }

    @Override
    public void load(DataInput in, int count) throws IOException {
        counts.load(in, count);
    }

    @Override
    void write(int group, LogEvent row, CountsJson json) {
        row.fields().putLong(name, counts.count(group));
    }
}
