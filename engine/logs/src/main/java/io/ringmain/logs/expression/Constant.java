package io.ringmain.logs.expression;

import static java.util.Objects.requireNonNull;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import io.ringmain.logs.Value;
import io.ringmain.logs.parse.RejectedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is the same for all events. */
final class Constant extends Node {

    private final Value value;

    private Constant(FieldType type, Value value) {
        super(type);
        this.value = value;
    }

    static Constant of(FieldType type, @Nullable Object constant) {
        Value value = new Value();
        if (constant instanceof String text) {
            value.setText(Text.of(text));
        } else if (constant instanceof Level level) {
            value.setLevel(level);
        } else if (constant instanceof Boolean yes) {
            value.setBoolean(yes);
        } else if (constant instanceof Double number) {
            value.setDouble(number);
        } else if (constant instanceof Long number && type == FieldType.TIME) {
            value.setTime(number);
        } else if (constant instanceof Long number) {
            value.setLong(number);
        }
        return new Constant(type, value);
    }

    /** What {@code null} is, and what stands for a part that is wrong. */
    static Constant missing() {
        return of(FieldType.ANY, null);
    }

    /** Evaluates {@code node} at once if all that it is made of is constant. */
    static Node fold(Node node, List<Node> parts) {
        if (!parts.stream().allMatch(Constant.class::isInstance)) {
            return node;
        }
        Value value = new Value();
        try {
            node.evaluate(new LogEvent(), value);
        } catch (RejectedException eachTime) {
            return node;
        }
        if (value.kind() == Value.Kind.TEXT) {
            // The bytes may be the node's, which nobody else will evaluate again; but a constant can be kept by who
            // gets it.
            value.setText(Text.of(value.bytes(), value.offset(), value.length()));
        }
        return new Constant(node.type(), value);
    }

    Value value() {
        return value;
    }

    boolean isMissing() {
        return value.isMissing();
    }

    @Override
    void evaluate(LogEvent event, Value into) {
        Text text = value.constant();
        switch (value.kind()) {
            case MISSING -> into.setMissing();
            case TEXT -> into.setText(requireNonNull(text, "text"));
            case LONG -> into.setLong(value.longValue());
            case DOUBLE -> into.setDouble(value.doubleValue());
            case BOOLEAN -> into.setBoolean(value.booleanValue());
            case TIME -> into.setTime(value.longValue());
            case LEVEL -> into.setLevel(value.level());
        }
    }
}
