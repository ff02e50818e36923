package io.ringmain.logs.step;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;
import io.ringmain.window.DistinctCounts;
import io.ringmain.window.StateAggregation;

/** How many values there are that differ, about. Values are the same as in keys: 200 is 200.0, but not the text 200. Values that are too long for a key are left out. */
final class DistinctColumn extends Column implements StateAggregation<LogEvent, DistinctCounts> {

    private final Value value = new Value();
    private final KeyBytes key = new KeyBytes();
    private final DistinctCounts counts = new DistinctCounts();

    DistinctColumn(Keys keys, Computation computation) {
        super(keys, computation);
    }

    @Override
    public DistinctCounts state() {
        return counts;
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
    void write(int group, LogEvent row, CountsJson json) {
        row.fields().putLong(name, counts.count(group));
    }
}
