package io.ringmain.logs.file;

import static java.util.Objects.requireNonNull;

import io.ringmain.logs.Fields;
import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.PlainText;
import io.ringmain.logs.Text;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An event as one JSON object on one line: {@code timestamp}, {@code level}, then the fields in their order. The line itself stands in
 * it, as {@code line}, only while nothing is known but source and time of intake.
 *
 * <p>Moments are ISO 8601 in UTC, numbers that JSON does not have are null, bytes that are not UTF-8 are U+FFFD: what is written is
 * JSON always.
 *
 * <p>Thread: one, that of the sink. Allocates for the name of a field when it first meets it, and for nothing else.
 */
public final class JsonLine implements Encoder {

    private static final byte[] HEX = Text.of("0123456789abcdef").bytes();
    private static final Text REPLACEMENT = Text.of("\ufffd");

    private final Keys keys;
    // By key: the name with quotes and colon.
    private @Nullable Text[] names = new Text[64];

    /** Makes an encoder of events whose fields have the numbers of {@code keys}. */
    public JsonLine(Keys keys) {
        this.keys = requireNonNull(keys, "keys");
    }

    @Override
    public void encode(LogEvent event, Bytes to) {
        int start = to.length();
        if (event.timeNs() != LogEvent.NO_TIME) {
            to.putAscii(",\"timestamp\":");
            putTime(event.timeNs(), to);
        }
        Level level = event.level();
        if (level != null) {
            to.putAscii(",\"level\":\"");
            to.put(level.text());
            to.put('"');
        }
        if (to.length() == start && isUnread(event)) {
            to.putAscii(",\"line\":");
            putText(event.bytes(), event.lineOffset(), event.lineLength(), to);
        }
        Fields fields = event.fields();
        for (int i = 0; i < fields.count(); i++) {
            to.put(',');
            to.put(name(fields.key(i)));
            putField(event, fields, i, to);
        }
        if (to.length() == start) {
            to.put('{');
        } else {
            // Each has put a comma before it.
            to.array()[start] = '{';
        }
        to.put('}');
        to.put('\n');
    }

    private boolean isUnread(LogEvent event) {
        Fields fields = event.fields();
        for (int i = 0; i < fields.count(); i++) {
            int key = fields.key(i);
            if (!keys.isOfIntake(key)) {
                return false;
            }
        }
        return event.lineLength() > 0 || fields.count() == 0;
    }

    private Text name(int key) {
        if (key >= names.length) {
            names = Arrays.copyOf(names, Math.max(key + 1, 2 * names.length));
        }
        Text name = names[key];
        if (name == null) {
            Text plain = keys.text(key);
            Bytes made = new Bytes();
            putText(plain.bytes(), 0, plain.length(), made);
            made.put(':');
            name = Text.of(made.array(), 0, made.length());
            names[key] = name;
        }
        return name;
    }

    private static void putField(LogEvent event, Fields fields, int index, Bytes to) {
        switch (fields.kind(index)) {
            case SPAN -> putText(event.bytes(), fields.offset(index), fields.length(index), to);
            case SPARE -> putText(event.spare(), fields.offset(index), fields.length(index), to);
            case TEXT ->
                putText(fields.text(index).bytes(), 0, fields.text(index).length(), to);
            case JSON -> putJson(event.bytes(), fields.offset(index), fields.length(index), to);
            case LONG -> to.putLong(fields.longValue(index));
            case DOUBLE -> putDouble(fields.doubleValue(index), to);
            case BOOLEAN -> to.putBoolean(fields.booleanValue(index));
            case TIME -> putTime(fields.longValue(index), to);
            case NULL -> to.putAscii("null");
        }
    }

    private static void putTime(long epochNs, Bytes to) {
        to.put('"');
        to.putTime(epochNs);
        to.put('"');
    }

    private static void putDouble(double value, Bytes to) {
        if (Double.isFinite(value)) {
            to.putDouble(value);
        } else {
            to.putAscii("null");
        }
    }

    /** Puts JSON as it is, on one line: a line end in it can only be white space. */
    private static void putJson(byte[] bytes, int offset, int length, Bytes to) {
        int start = to.length();
        to.put(bytes, offset, length);
        byte[] array = to.array();
        for (int i = start; i < to.length(); i++) {
            if (array[i] == '\n' || array[i] == '\r') {
                array[i] = ' ';
            }
        }
    }

    private static void putText(byte[] bytes, int offset, int length, Bytes to) {
        int end = offset + length;
        to.put('"');
        int from = offset;
        int at = PlainText.skip(bytes, offset, end);
        while (at < end) {
            int behind = bytes[at] < 0 ? PlainText.behindCharacter(bytes, at, end) : -1;
            if (behind < 0) {
                to.put(bytes, from, at - from);
                if (bytes[at] < 0) {
                    to.put(REPLACEMENT);
                } else {
                    putEscape(bytes[at], to);
                }
                behind = at - behind;
                from = behind;
            }
            at = PlainText.skip(bytes, behind, end);
        }
        to.put(bytes, from, end - from);
        to.put('"');
    }

    private static void putEscape(byte b, Bytes to) {
        to.put('\\');
        switch (b) {
            case '"', '\\' -> to.put(b);
            case '\n' -> to.put('n');
            case '\r' -> to.put('r');
            case '\t' -> to.put('t');
            default -> {
                to.putAscii("u00");
                to.put(HEX[b >> 4]);
                to.put(HEX[b & 15]);
            }
        }
    }
}
