package io.ringmain.logs.plan;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.spi.Batch;
import io.ringmain.spi.Sink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Keeps the rows of an aggregate, which are as many as its groups, for the report. Allocates per row. */
final class Rows implements Sink<LogEvent> {

    /** What the sink is called, behind the step's name; with a dot, which no name of a plan has. */
    static final String SUFFIX = ".rows";

    private final Object lock = new Object();
    private final FieldValues values;
    private final List<Map<String, Object>> rows = new ArrayList<>();

    Rows(Keys keys) {
        values = new FieldValues(keys);
    }

    @Override
    public void write(Batch<LogEvent> batch) {
        synchronized (lock) {
            for (int i = 0; i < batch.size(); i++) {
                rows.add(Collections.unmodifiableMap(values.of(batch.event(i))));
            }
        }
    }

    @Override
    public boolean blocking() {
        return false;
    }

    List<Map<String, Object>> rows() {
        synchronized (lock) {
            return List.copyOf(rows);
        }
    }
}
