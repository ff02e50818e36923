package io.ringmain.logs;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON, in one line or with a line for each member: names and values in the order they are given, commas as they are needed. All
 * is ASCII: what reads it may expect any charset. For reports and answers: allocates.
 *
 * <p>Thread: one.
 */
public final class JsonText {

    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();
    private final boolean isIndented;
    private int depth;
    // Whether nothing stands in the innermost object or array yet; whether a name stands before the next value.
    private boolean isFirst = true;
    private boolean isNamed;

    /** Makes an empty text, to become one line. */
    public JsonText() {
        this(false);
    }

    private JsonText(boolean isIndented) {
        this.isIndented = isIndented;
    }

    /** Makes an empty text, to become a line for each member, indented by two spaces each. */
    public static JsonText indented() {
        return new JsonText(true);
    }

    /** Opens an object. */
    public JsonText beginObject() {
        return begin('{');
    }

    /** Closes the innermost object. */
    public JsonText endObject() {
        return end('}');
    }

    /** Opens an array. */
    public JsonText beginArray() {
        return begin('[');
    }

    /** Closes the innermost array. */
    public JsonText endArray() {
        return end(']');
    }

    private JsonText begin(char bracket) {
        separate();
        text.append(bracket);
        depth++;
        isFirst = true;
        return this;
    }

    private JsonText end(char bracket) {
        depth--;
        if (!isFirst) {
            line();
        }
        text.append(bracket);
        isFirst = false;
        return this;
    }

    /** Writes a name, which stands before a value of an object. */
    public JsonText name(String name) {
        string(name);
        text.append(isIndented ? ": " : ":");
        isNamed = true;
        return this;
    }

    /** Writes a string. */
    public JsonText string(String string) {
        StringBuilder quoted = new StringBuilder(string.length() + 2);
        quote(string, quoted);
        return value(ascii(quoted));
    }

    /** Writes a whole number. */
    public JsonText number(long number) {
        return value(Long.toString(number));
    }

    /** Writes a number; null for what JSON has no number for. */
    public JsonText number(double number) {
        boolean isNumber = !Double.isNaN(number) && !Double.isInfinite(number);
        return value(isNumber ? NumberText.plain(number) : "null");
    }

    /** Writes yes or no. */
    public JsonText bool(boolean bool) {
        return value(Boolean.toString(bool));
    }

    /** Writes an object with the values of {@code fields}, in their order. */
    public JsonText object(Map<?, ?> fields) {
        beginObject();
        fields.forEach((name, value) -> name(String.valueOf(name)).any(value));
        return endObject();
    }

    /** Writes an object with a value for each of {@code names}, null where {@code fields} has none, and then what else there is. */
    public JsonText object(List<String> names, Map<String, Object> fields) {
        beginObject();
        names.forEach(name -> name(name).any(fields.get(name)));
        fields.forEach((name, value) -> {
            if (!names.contains(name)) {
                name(name).any(value);
            }
        });
        return endObject();
    }

    /** Writes null, a number, a boolean, {@link RawJson}, a map, a list, or else the text of {@code any}. */
    private JsonText any(@Nullable Object any) {
        if (any instanceof Map<?, ?> map) {
            return object(map);
        }
        if (any instanceof Collection<?> items) {
            beginArray();
            items.forEach(this::any);
            return endArray();
        }
        if (any instanceof Double number) {
            return number((double) number);
        }
        boolean isPlain = any == null || any instanceof Number || any instanceof Boolean || any instanceof RawJson;
        String written = Objects.toString(any);
        return isPlain ? value(ascii(written)) : string(written);
    }

    /** Adds {@code string} in quotes to {@code to}, with only what JSON demands escaped. */
    public static void quote(String string, StringBuilder to) {
        to.append('"');
        for (int i = 0; i < string.length(); i++) {
            char at = string.charAt(i);
            if (at == '"' || at == '\\') {
                to.append('\\').append(at);
            } else if (at < ' ') {
                escape(at, to);
            } else {
                to.append(at);
            }
        }
        to.append('"');
    }

    private static void escape(char unit, StringBuilder to) {
        to.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            to.append(Character.forDigit(unit >> shift & 15, 16));
        }
    }

    /** Escapes what is not ASCII in JSON, where it stands in strings only. */
    private static String ascii(CharSequence json) {
        StringBuilder ascii = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char unit = json.charAt(i);
            if (unit < 0x7f) {
                ascii.append(unit);
            } else {
                escape(unit, ascii);
            }
        }
        return ascii.toString();
    }

    private JsonText value(String value) {
        separate();
        text.append(value);
        isFirst = false;
        return this;
    }

    /** Writes what stands between this value, or its name, and what was before. */
    private void separate() {
        if (!isNamed) {
            text.append(isFirst ? "" : ",");
            line();
        }
        isNamed = false;
    }

    private void line() {
        if (isIndented && text.length() > 0) {
            text.append('\n').append(INDENT.repeat(depth));
        }
    }

    /** The text so far. */
    @Override
    public String toString() {
        return text.toString();
    }
}
