package io.ringmain.logs.expression;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;

/** What an event has under a name; missing if it is not what the schema says. */
final class Field extends Node {

    private final int key;

    Field(int key, FieldType type) {
        super(type);
        this.key = key;
    }

    int key() {
        return key;
    }

    @Override
    void evaluate(LogEvent event, Value into) {
        if (event.read(key, into) && !fits(into)) {
            into.setMissing();
        }
    }

    private boolean fits(Value value) {
        return switch (type()) {
            case ANY -> true;
            case TEXT -> value.isText();
            case NUMBER -> value.isNumber();
            case BOOLEAN -> value.kind() == Value.Kind.BOOLEAN;
            case TIME -> value.kind() == Value.Kind.TIME;
            case DURATION -> value.kind() == Value.Kind.LONG;
            case LEVEL -> value.kind() == Value.Kind.LEVEL;
        };
    }
}
