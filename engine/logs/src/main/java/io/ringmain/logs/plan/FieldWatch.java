package io.ringmain.logs.plan;

import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;

/**
 * Looks whether events have the fields that a plan asks for, where only the lines can tell. A field that was met is looked for no more, so
 * that an event costs next to nothing once all have been. Thread: one lane; asked by another when that has ended. Never allocates.
 */
final class FieldWatch {

    // Those at the front have been in no event yet.
    private final int[] keys;
    private final Value value = new Value();
    private int absent;
    private long events;

    FieldWatch(int... keys) {
        this.keys = keys.clone();
        absent = keys.length;
    }

    void look(LogEvent event) {
        events++;
        for (int i = absent - 1; i >= 0; i--) {
            if (has(event, keys[i])) {
                absent--;
                int met = keys[i];
                keys[i] = keys[absent];
                keys[absent] = met;
            }
        }
    }

    /** A field that is null is there. */
    private boolean has(LogEvent event, int key) {
        return key >= 0 ? event.fields().indexOf(key) >= 0 : event.read(key, value);
    }

    /** How many events there have been. */
    long events() {
        return events;
    }

    /** Whether {@code key} was in none of them. */
    boolean isAbsent(int key) {
        for (int i = 0; i < absent; i++) {
            if (keys[i] == key) {
                return true;
            }
        }
        return false;
    }
}
