package io.ringmain.logs.expression;

import io.ringmain.logs.DurationText;
import io.ringmain.logs.FieldType;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.NumberText;
import io.ringmain.logs.Spans;
import io.ringmain.logs.Value;
import io.ringmain.logs.parse.RejectedException;
import java.nio.charset.StandardCharsets;

/** A value as another type: what cannot be that is missing. */
final class Converted extends Node {

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final Node from;
    private final TextBuffer text = new TextBuffer();

    private Converted(Node from, FieldType type) {
        super(type);
        this.from = from;
    }

    /** Returns {@code from}, if need be converted for each event. */
    static Node to(FieldType type, Node from) {
        if (from.type() == type || type == FieldType.ANY) {
            return from;
        }
        // A number that would be written, to be read again, is taken as it is.
        boolean isDetour = type == FieldType.NUMBER && from instanceof Converted;
        return new Converted(isDetour ? ((Converted) from).from : from, type);
    }

    @Override
    void evaluate(LogEvent event, Value into) throws RejectedException {
        from.evaluate(event, into);
        switch (type()) {
            case TEXT -> toText(into);
            case NUMBER -> toNumber(into);
            case BOOLEAN -> toBoolean(into);
            case TIME -> keep(into, into.kind() == Value.Kind.TIME);
            case DURATION -> toDuration(into);
            case LEVEL -> keep(into, into.kind() == Value.Kind.LEVEL);
            case ANY -> keep(into, true);
        }
    }

    private static void keep(Value value, boolean kept) {
        if (!kept) {
            value.setMissing();
        }
    }

    private void toText(Value value) {
        if (value.isMissing() || value.kind() == Value.Kind.TEXT) {
            return;
        }
        text.clear();
        text.put(value);
        text.read(value);
    }

    private static void toNumber(Value value) {
        if (value.kind() == Value.Kind.TEXT) {
            NumberText.parse(value.bytes(), value.offset(), value.length(), value);
        }
        keep(value, value.isNumber());
    }

    /** Whether {@code value} is yes, {@code 1}, or no, {@code 0}, or text that says so; else -1. */
    static int truth(Value value) {
        if (value.kind() == Value.Kind.BOOLEAN) {
            return value.booleanValue() ? 1 : 0;
        }
        if (value.kind() != Value.Kind.TEXT) {
            return -1;
        }
        boolean yes = Spans.equal(value.bytes(), value.offset(), value.length(), TRUE);
        return yes ? 1 : Spans.equal(value.bytes(), value.offset(), value.length(), FALSE) ? 0 : -1;
    }

    private static void toBoolean(Value value) {
        int truth = truth(value);
        if (truth < 0) {
            value.setMissing();
        } else {
            value.setBoolean(truth == 1);
        }
    }

    private static void toDuration(Value value) {
        if (value.kind() != Value.Kind.TEXT) {
            keep(value, value.kind() == Value.Kind.LONG);
            return;
        }
        long ns = DurationText.parse(value.bytes(), value.offset(), value.length());
        if (ns == DurationText.NONE) {
            value.setMissing();
        } else {
            value.setLong(ns);
        }
    }
}
