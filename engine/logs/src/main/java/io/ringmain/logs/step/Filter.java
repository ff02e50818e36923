package io.ringmain.logs.step;

import static java.util.Objects.requireNonNull;

import io.ringmain.logs.LogEvent;
import io.ringmain.logs.expression.Expression;
import io.ringmain.logs.parse.ParseResult;
import io.ringmain.logs.parse.RejectedException;
import io.ringmain.spi.Stage;

/**
 * The filter that keeps the events for which an expression is true.
 *
 * <p>Thread: one lane, as its expression. Never allocates. Fails as its expression: with {@link ParseResult#REGEX_BUDGET}.
 */
public final class Filter implements Stage<LogEvent> {

    private final Expression condition;

    /** Makes a filter that keeps what {@code condition} is true for; the filter is the only one to use it from now on. */
    public Filter(Expression condition) {
        this.condition = requireNonNull(condition, "condition");
    }

    @Override
    public boolean process(LogEvent event) throws RejectedException {
        return condition.test(event);
    }
}
