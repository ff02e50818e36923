package io.ringmain.cli.rows;

import io.ringmain.logs.Fields;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;
import io.ringmain.logs.file.Bytes;
import io.ringmain.logs.plan.RawJson;
import io.ringmain.spi.Batch;
import io.ringmain.spi.Sink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps each event it is given as a {@link Row}: for results and for small inputs. Allocates per event. */
public final class RowSink implements Sink<LogEvent> {

    private final Object lock = new Object();
    private final Keys keys;
    private final Value value = new Value();
    private final List<Row> rows = new ArrayList<>();

    /** Makes a sink of events whose fields have the names in {@code keys}. */
    public RowSink(Keys keys) {
        this.keys = keys;
    }

    @Override
    public void write(Batch<LogEvent> batch) {
        synchronized (lock) {
            for (int i = 0; i < batch.size(); i++) {
                rows.add(row(batch.event(i)));
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

    private Row row(LogEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        put(event, Keys.TIMESTAMP, fields);
        put(event, Keys.LEVEL, fields);
        for (int i = 0; i < event.fields().count(); i++) {
            int key = event.fields().key(i);
            if (event.fields().kind(i) == Fields.Kind.JSON && event.read(key, value)) {
                fields.put(keys.name(key), new RawJson(value.toString()));
            } else {
                put(event, key, fields);
            }
        }
        return new Row(event.line(), fields);
    }

    private void put(LogEvent event, int key, Map<String, Object> fields) {
        if (event.read(key, value)) {
            fields.put(keys.name(key), boxed());
        }
    }

    private Object boxed() {
        return switch (value.kind()) {
            case LONG -> value.longValue();
            case DOUBLE -> value.doubleValue();
            case BOOLEAN -> value.booleanValue();
            case TIME -> time(value.longValue());
            case MISSING, TEXT, LEVEL -> value.toString();
        };
    }

    private static String time(long epochNs) {
        Bytes text = new Bytes();
        text.putTime(epochNs);
        return text.toString();
    }
}
