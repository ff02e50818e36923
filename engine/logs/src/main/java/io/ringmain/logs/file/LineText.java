package io.ringmain.logs.file;

import static java.util.Objects.requireNonNull;

import io.ringmain.logs.Fields;
import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;

/**
 * Writes the line of an event as it was read, and an event without a line, such as a result, as {@code key=value key="a value"}: time
 * and level first, then its fields in their order. Nulls are left out.
 *
 * <p>Thread: as {@link Encoder}. Never allocates, except a number with a fraction.
 */
public final class LineText implements Encoder {

    private final Keys keys;
    private final Value value = new Value();

    /** Makes an encoder of events whose fields have the names in {@code keys}. */
    public LineText(Keys keys) {
        this.keys = requireNonNull(keys, "keys");
    }

    @Override
    public void encode(LogEvent event, Bytes to) {
        if (event.hasLine()) {
            to.put(event.bytes(), event.lineOffset(), event.lineLength());
        } else {
            int start = to.length();
            putPairs(event, to);
            if (to.length() > start) {
                to.cut(to.length() - 1);
            }
        }
        to.put('\n');
    }

    private void putPairs(LogEvent event, Bytes to) {
        if (event.timeNs() != LogEvent.NO_TIME) {
            to.putAscii("timestamp=");
            to.putTime(event.timeNs());
            to.put(' ');
        }
        Level level = event.level();
        if (level != null) {
            to.putAscii("level=");
            to.put(level.text());
            to.put(' ');
        }
        Fields fields = event.fields();
        for (int i = 0; i < fields.count(); i++) {
            if (fields.read(i, event, value)) {
                to.put(keys.text(fields.key(i)));
                to.put('=');
                putValue(to);
                to.put(' ');
            }
        }
    }

    private void putValue(Bytes to) {
        if (value.isText()) {
            putText(to);
        } else {
            Plain.put(value, to);
        }
    }

    private void putText(Bytes to) {
        byte[] bytes = value.bytes();
        int end = value.offset() + value.length();
        if (isPlain(bytes, value.offset(), end)) {
            to.put(bytes, value.offset(), value.length());
            return;
        }
        to.put('"');
        for (int i = value.offset(); i < end; i++) {
            putEscaped(bytes[i], to);
        }
        to.put('"');
    }

    private static boolean isPlain(byte[] bytes, int from, int end) {
        for (int i = from; i < end; i++) {
            byte b = bytes[i];
            if ((b >= 0 && b <= ' ') || b == '"' || b == '=' || b == '\\' || b == 0x7f) {
                return false;
            }
        }
        return from < end;
    }

    private static void putEscaped(byte b, Bytes to) {
        switch (b) {
            case '"', '\\' -> {
                to.put('\\');
                to.put(b);
            }
            case '\n' -> to.putAscii("\\n");
            case '\r' -> to.putAscii("\\r");
            case '\t' -> to.putAscii("\\t");
            default -> to.put(b);
        }
    }
}
