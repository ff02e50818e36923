package io.ringmain.logs.step;

import static java.util.Objects.requireNonNull;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;
import io.ringmain.logs.expression.Expression;
import io.ringmain.logs.parse.ParseResult;
import io.ringmain.logs.parse.RejectedException;
import io.ringmain.spi.Transform;

/**
 * The enricher that gives a field, the level or the time the value of an expression. A missing value removes the field. Text that stands
 * in the event is shared, other text is copied into its spare bytes. A level in a field is text; for the level, text must be a level's word.
 *
 * <p>Thread: one lane, as its expression. Allocates nothing once the event has held as much. Fails with {@link ParseResult#FIELDS_FULL},
 * {@link ParseResult#SPARE_FULL}, {@link ParseResult#UNKNOWN_LEVEL}, {@link ParseResult#BAD_TIME}, or as its expression, and then has
 * changed nothing, so that another attempt at {@code x = x + 1} meets the same {@code x}.
 */
public final class ComputeField implements Transform<LogEvent> {

    private final int key;
    private final Expression expression;
    private final Value value = new Value();

    /**
     * Makes an enricher that computes {@code key}, a number of the pipeline's {@link Keys}, and is the only one to use {@code expression}
     * from now on.
     *
     * @throws IllegalArgumentException if {@code key} is the line
     */
    public ComputeField(int key, Expression expression) {
        this.key = Assignment.checkTarget("compute", key);
        this.expression = requireNonNull(expression, "expression");
    }

    @Override
    public void apply(LogEvent event) throws RejectedException {
        expression.evaluate(event, value);
        Assignment.putOrReject(event, key, value);
    }
}
