package io.ringmain.logs.plan;

import static java.util.Objects.requireNonNull;

import io.ringmain.logs.Fields;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.RawJson;
import io.ringmain.logs.Value;
import io.ringmain.logs.file.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an event holds, as objects that outlive it: {@link Long}, {@link Double}, {@link Boolean}, {@link RawJson} or {@link String}, and
 * times as text. For results and reports: allocates per event.
 *
 * <p>Thread: one at a time.
 */
public final class FieldValues {

    private final Keys keys;
    private final Value value = new Value();

    /** Makes copies of events whose fields have the names in {@code keys}. */
    public FieldValues(Keys keys) {
        this.keys = requireNonNull(keys, "keys");
    }

    /** Copies the time, the level and the fields of {@code event}, those that are there, by name and in this order. */
    public Map<String, Object> of(LogEvent event) {
        Map<String, Object> values = new LinkedHashMap<>();
        put(event, Keys.TIMESTAMP, values);
        put(event, Keys.LEVEL, values);
        Fields fields = event.fields();
        for (int i = 0; i < fields.count(); i++) {
            if (fields.kind(i) == Fields.Kind.JSON && fields.read(i, event, value)) {
                values.put(keys.name(fields.key(i)), new RawJson(value.toString()));
            } else {
                put(event, fields.key(i), values);
            }
        }
        return values;
    }

    private void put(LogEvent event, int key, Map<String, Object> values) {
        if (event.read(key, value)) {
            values.put(keys.name(key), boxed());
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
