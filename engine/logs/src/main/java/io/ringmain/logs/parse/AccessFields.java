package io.ringmain.logs.parse;

import io.ringmain.logs.Fields;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;

/**
 * Sets the fields of an event that has a line of an access log: without a look at those that it has, if none of them can be one of
 * these. Thread: one parser's. Never allocates.
 */
final class AccessFields {

    private final Keys keys;
    private int lowestKey = Integer.MAX_VALUE;
    private int count;

    private Fields fields = new LogEvent().fields();
    private byte[] line = {};
    private boolean isNew;

    AccessFields(Keys keys) {
        this.keys = keys;
    }

    /** Returns the key of a field that will be set. */
    int key(String name) {
        int key = keys.id(name);
        lowestKey = Math.min(lowestKey, key);
        count++;
        return key;
    }

    /** Begins with an event; {@code false} if it might not have room for all fields. */
    boolean begin(LogEvent event) {
        fields = event.fields();
        line = event.bytes();
        isNew = true;
        for (int i = 0; i < fields.count(); i++) {
            isNew &= fields.key(i) < lowestKey;
        }
        return fields.count() <= Fields.COUNT_MAX - count;
    }

    /** Sets a text, unless it is {@code -}. */
    void text(int key, int from, int end) {
        if (end - from != 1 || line[from] != '-') {
            raw(key, from, end);
        }
    }

    /** Sets a text as it is. */
    void raw(int key, int from, int end) {
        if (isNew) {
            fields.addSpan(key, from, end - from);
        } else {
            fields.putSpan(key, from, end - from);
        }
    }

    /** Sets a whole number. */
    void number(int key, long value) {
        if (isNew) {
            fields.addLong(key, value);
        } else {
            fields.putLong(key, value);
        }
    }
}
