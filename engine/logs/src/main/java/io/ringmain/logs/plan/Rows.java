package io.ringmain.logs.plan;

import io.ringmain.logs.Fields;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;
import io.ringmain.logs.file.Bytes;
import io.ringmain.spi.Batch;
import io.ringmain.spi.Sink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps the rows of an aggregate, which are as many as its groups, for the report. Allocates per row. */
final class Rows implements Sink<LogEvent> {

    /** What the sink is called, behind the step's name; with a dot, which no name of a plan has. */
    static final String SUFFIX = ".rows";

    private final Object lock = new Object();
    private final Keys keys;
    private final Value value = new Value();
    private final List<Map<String, Object>> rows = new ArrayList<>();

    Rows(Keys keys) {
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

    List<Map<String, Object>> rows() {
        synchronized (lock) {
            return List.copyOf(rows);
        }
    }

    private Map<String, Object> row(LogEvent event) {
        Map<String, Object> row = new LinkedHashMap<>();
        put(event, Keys.TIMESTAMP, row);
        put(event, Keys.LEVEL, row);
        Fields fields = event.fields();
        for (int i = 0; i < fields.count(); i++) {
            if (fields.kind(i) == Fields.Kind.JSON && fields.read(i, event, value)) {
                row.put(keys.name(fields.key(i)), new RawJson(value.toString()));
            } else {
                put(event, fields.key(i), row);
            }
        }
        return Collections.unmodifiableMap(row);
    }

    private void put(LogEvent event, int key, Map<String, Object> row) {
        if (event.read(key, value)) {
            row.put(keys.name(key), boxed());
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
