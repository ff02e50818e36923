package io.ringmain.cli;

import io.ringmain.logs.plan.RawJson;
import java.util.List;
import java.util.Map;

/**
 * Writes JSON, in one line: names and values in the order they are given, commas as they are needed.
 *
 * <p>Thread: one.
 */
final class JsonText {

    private final StringBuilder text = new StringBuilder();

    JsonText beginObject() {
        return value("{");
    }

    JsonText endObject() {
        text.append('}');
        return this;
    }

    JsonText beginArray() {
        return value("[");
    }

    JsonText endArray() {
        text.append(']');
        return this;
    }

    /** Writes a name, which stands before a value of an object. */
    JsonText name(String name) {
        string(name);
        text.append(':');
        return this;
    }

    JsonText string(String string) {
        value("\"");
        for (int i = 0; i < string.length(); i++) {
            char at = string.charAt(i);
            if (at == '"' || at == '\\') {
                text.append('\\').append(at);
            } else if (at < ' ' || at > '~') {
                // ASCII only: what reads it may expect any charset.
                text.append("\\u").append(Character.forDigit(at >> 12, 16));
                text.append(Character.forDigit(at >> 8 & 15, 16));
                text.append(Character.forDigit(at >> 4 & 15, 16)).append(Character.forDigit(at & 15, 16));
            } else {
                text.append(at);
            }
        }
        text.append('"');
        return this;
    }

    JsonText number(long number) {
        return value(Long.toString(number));
    }

    /** Writes a number; null for what JSON has no number for. */
    JsonText number(double number) {
        boolean isNumber = !Double.isNaN(number) && !Double.isInfinite(number);
        return value(isNumber ? Numbers.plain(number) : "null");
    }

    JsonText bool(boolean bool) {
        return value(Boolean.toString(bool));
    }

    /** Writes an object with the values of {@code fields}, in their order. */
    JsonText object(Map<String, Object> fields) {
        beginObject();
        fields.forEach((name, value) -> name(name).any(value));
        return endObject();
    }

    /** Writes an object with a value for each of {@code names}, null where {@code fields} has none, and then what else there is. */
    JsonText object(List<String> names, Map<String, Object> fields) {
        beginObject();
        for (String name : names) {
            Object value = fields.get(name);
            name(name);
            if (value == null) {
                value("null");
            } else {
                any(value);
            }
        }
        fields.forEach((name, value) -> {
            if (!names.contains(name)) {
                name(name).any(value);
            }
        });
        return endObject();
    }

    private JsonText any(Object any) {
        if (any instanceof Long number) {
            return number((long) number);
        }
        if (any instanceof Double number) {
            return number((double) number);
        }
        if (any instanceof Boolean bool) {
            return bool(bool);
        }
        return any instanceof RawJson json ? value(ascii(json.text())) : string(any.toString());
    }

    /** Escapes what is not ASCII in JSON, where it stands in strings only: nobody knows what a terminal or pipe takes. */
    private static String ascii(String json) {
        StringBuilder ascii = new StringBuilder();
        json.chars().forEach(unit -> ascii.append(unit < 0x80 ? "" + (char) unit : String.format("\\u%04x", unit)));
        return ascii.toString();
    }

    private JsonText value(String value) {
        int last = text.length() - 1;
        if (last >= 0 && "{[:".indexOf(text.charAt(last)) < 0) {
            text.append(',');
        }
        text.append(value);
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
