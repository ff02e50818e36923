package io.ringmain.logs.plan;

import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;
import io.ringmain.logs.expression.Expression;
import io.ringmain.logs.parse.RejectedException;
import java.util.function.ToIntFunction;

/**
 * How much an event matters, by an expression: levels from 1 on, the least first; 1 where a condition holds; a number as it is; and 0
 * for everything else. Never allocates.
 *
 * <p>Thread: one lane.
 */
final class Priority implements ToIntFunction<LogEvent> {

    private final Expression expression;
    private final Value value = new Value();

    Priority(Expression expression) {
        this.expression = expression;
    }

    @Override
    public int applyAsInt(LogEvent event) {
        try {
            expression.evaluate(event, value);
        } catch (RejectedException tooLong) {
            return 0;
        }
        return switch (value.kind()) {
            case LEVEL -> 1 + value.level().rank();
            case BOOLEAN -> value.booleanValue() ? 1 : 0;
            case LONG, DOUBLE -> (int) value.doubleValue();
            case MISSING, TEXT, TIME -> 0;
        };
    }
}
