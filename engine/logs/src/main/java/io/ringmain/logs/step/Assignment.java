package io.ringmain.logs.step;

import io.ringmain.logs.Fields;
import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import io.ringmain.logs.Value;
import io.ringmain.logs.parse.ParseResult;
import io.ringmain.logs.parse.RejectedException;

/**
 * Gives an event's fields, its level and its time a value, the same way for all steps; what fails has changed nothing. The line is what
 * was read and takes no other value. Never allocates once the event has held as much.
 */
final class Assignment {

    private Assignment() {}

    /** Refuses, when a step is made, to change a line. */
    static int checkTarget(String step, int key) {
        if (key == Keys.LINE) {
            throw new IllegalArgumentException(step + ": line (expected: another field); a line stays as it was read");
        }
        return key;
    }

    /** As {@link #put}; fails where that says why it could not. */
    static void putOrReject(LogEvent event, int key, Value value) throws RejectedException {
        ParseResult result = put(event, key, value);
        if (result != ParseResult.PARSED) {
            throw RejectedException.of(result);
        }
    }

    /**
     * Puts {@code value}, a missing one by removing what is there.
     *
     * @return {@link ParseResult#PARSED}, or why the event is as it was
     */
    static ParseResult put(LogEvent event, int key, Value value) {
        if (value.isMissing()) {
            remove(event, key);
            return ParseResult.PARSED;
        }
        if (key == Keys.LEVEL) {
            return putLevel(event, value);
        }
        if (key == Keys.TIMESTAMP) {
            return putTime(event, value);
        }
        return value.kind() == Value.Kind.TEXT ? putText(event, key, value) : putOther(event.fields(), key, value);
    }

    static void remove(LogEvent event, int key) {
        if (key == Keys.LEVEL) {
            event.setLevel(null);
        } else if (key == Keys.TIMESTAMP) {
            event.setTimeNs(LogEvent.NO_TIME);
        } else {
            event.fields().remove(key);
        }
    }

    private static ParseResult putLevel(LogEvent event, Value value) {
        Level level =
                switch (value.kind()) {
                    case LEVEL -> value.level();
                    case TEXT -> Level.of(value.bytes(), value.offset(), value.length());
                    case MISSING, LONG, DOUBLE, BOOLEAN, TIME -> null;
                };
        if (level == null) {
            return ParseResult.UNKNOWN_LEVEL;
        }
        event.setLevel(level);
        return ParseResult.PARSED;
    }

    private static ParseResult putTime(LogEvent event, Value value) {
        if (value.kind() != Value.Kind.TIME) {
            return ParseResult.BAD_TIME;
        }
        event.setTimeNs(value.longValue());
        return ParseResult.PARSED;
    }

    private static ParseResult putOther(Fields fields, int key, Value value) {
        boolean put =
                switch (value.kind()) {
                    case LONG -> fields.putLong(key, value.longValue());
                    case DOUBLE -> fields.putDouble(key, value.doubleValue());
                    case BOOLEAN -> fields.putBoolean(key, value.booleanValue());
                    case TIME -> fields.putTime(key, value.longValue());
                    case LEVEL -> fields.putText(key, value.level().text());
                    case MISSING, TEXT -> throw new IllegalArgumentException("value: " + value.kind());
                };
        return result(put);
    }

    private static ParseResult putText(LogEvent event, int key, Value text) {
        Fields fields = event.fields();
        Text constant = text.constant();
        if (constant != null) {
            return result(fields.putText(key, constant));
        }
        // Text that is the event's already is shared.
        if (text.bytes() == event.bytes()) {
            return result(fields.putSpan(key, text.offset(), text.length()));
        }
        if (text.bytes() == event.spare()) {
            return result(fields.putSpare(key, text.offset(), text.length()));
        }
        int offset = event.addSpare(text.length());
        if (offset < 0) {
            return ParseResult.SPARE_FULL;
        }
        System.arraycopy(text.bytes(), text.offset(), event.spare(), offset, text.length());
        if (!fields.putSpare(key, offset, text.length())) {
            event.cutSpare(offset);
            return ParseResult.FIELDS_FULL;
        }
        return ParseResult.PARSED;
    }

    private static ParseResult result(boolean put) {
        return put ? ParseResult.PARSED : ParseResult.FIELDS_FULL;
    }
}
