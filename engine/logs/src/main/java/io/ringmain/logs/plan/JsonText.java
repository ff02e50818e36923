package io.ringmain.logs.plan;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;

/** Writes maps, collections, texts, numbers and booleans as indented JSON. */
final class JsonText {

    private final StringBuilder text = new StringBuilder();

    private JsonText() {}

    static String of(Object value) {
        JsonText json = new JsonText();
        json.value(value, 0);
        return json.text.append('\n').toString();
    }

    private void value(Object value, int depth) {
        if (value instanceof Map<?, ?> map) {
            members(map, depth);
        } else if (value instanceof Collection<?> items) {
            items(items, depth);
        } else if (value instanceof Number || value instanceof Boolean) {
            text.append(value);
        } else {
            quote(String.valueOf(value));
        }
    }

    private void members(Map<?, ?> map, int depth) {
        text.append('{');
        for (Iterator<? extends Map.Entry<?, ?>> i = map.entrySet().iterator(); i.hasNext(); ) {
            Map.Entry<?, ?> entry = i.next();
            line(depth + 1);
            quote(String.valueOf(entry.getKey()));
            text.append(": ");
            value(entry.getValue(), depth + 1);
            text.append(i.hasNext() ? "," : "");
        }
        if (!map.isEmpty()) {
            line(depth);
        }
        text.append('}');
    }

    private void items(Collection<?> items, int depth) {
        text.append('[');
        for (Iterator<?> i = items.iterator(); i.hasNext(); ) {
            line(depth + 1);
            value(i.next(), depth + 1);
            text.append(i.hasNext() ? "," : "");
        }
        if (!items.isEmpty()) {
            line(depth);
        }
        text.append(']');
    }

    private void line(int depth) {
        text.append('\n').append("  ".repeat(depth));
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            if (character == '"' || character == '\\') {
                text.append('\\').append(character);
            } else if (character < ' ') {
                text.append(String.format("\\u%04x", (int) character));
            } else {
                text.append(character);
            }
        }
        text.append('"');
    }
}
