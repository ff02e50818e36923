package io.ringmain.cli.rows;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.plan.FieldValues;
import io.ringmain.spi.Batch;
import io.ringmain.spi.Sink;
import java.util.ArrayList;
import java.util.List;

/** Keeps each event it is given as a {@link Row}: for results and for small inputs. Allocates per event. */
public final class RowSink implements Sink<LogEvent> {

    private final Object lock = new Object();
    private final FieldValues values;
    private final List<Row> rows = new ArrayList<>();

    /** Makes a sink of events whose fields have the names in {@code keys}. */
    public RowSink(Keys keys) {
        values = new FieldValues(keys);
    }

    @Override
    public void write(Batch<LogEvent> batch) {
        synchronized (lock) {
            for (int i = 0; i < batch.size(); i++) {
                LogEvent event = batch.event(i);
                rows.add(new Row(event.line(), values.of(event)));
            }
        }
    }

    @Override
    public boolean blocking() {
        return false;
    }

    /** What came so far. */
    public List<Row> rows() {
        synchronized (lock) {
            return List.copyOf(rows);
        }
    }
}
