package io.ringmain.logs.parse;

import io.ringmain.logs.Fields;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/** Fields for people. */
final class JsonShown {

    private JsonShown() {}

    /** All fields as {@code name=KIND:text}. */
    static String fields(LogEvent event, Keys keys) {
        StringBuilder text = new StringBuilder();
        Fields fields = event.fields();
        for (int i = 0; i < fields.count(); i++) {
            text.append(i == 0 ? "" : " ").append(keys.name(fields.key(i))).append('=');
            text.append(fields.kind(i)).append(':').append(value(event, i));
        }
        return text.toString();
    }

    /** By name: kind and text, where all texts are of one kind. */
    static Map<String, String> byName(LogEvent event, Keys keys) {
        Map<String, String> shown = new LinkedHashMap<>();
        Fields fields = event.fields();
        for (int i = 0; i < fields.count(); i++) {
            String kind =
                    switch (fields.kind(i)) {
                        case SPAN, SPARE -> "TEXT";
                        default -> fields.kind(i).name();
                    };
            shown.put(keys.name(fields.key(i)), kind + ':' + value(event, i));
        }
        return shown;
    }

    static String value(LogEvent event, int index) {
        Value value = new Value();
        return event.fields().read(index, event, value) ? value.toString() : "";
    }
}
