package io.ringmain.logs.plan;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import io.ringmain.logs.expression.Expression;
import io.ringmain.logs.expression.ExpressionException;
import io.ringmain.window.EventTime;

/**
 * The place that a part is built for.
 *
 * @param keys the names of the pipeline's fields
 * @param schema the fields of events that come to the part
 * @param isBehindResults whether these are results of an aggregate or a window
 * @param isRetried whether failed events are tried again
 * @param time when events happened
 * @param surroundings what the plan does not say
 * @param findings where the part notes what it will have found out
 */
record Site(
        Keys keys,
        Schema schema,
        boolean isBehindResults,
        boolean isRetried,
        EventTime<LogEvent> time,
        Surroundings surroundings,
        Findings findings) {

    Expression compile(String text) {
        return compile(text, schema);
    }

    /** Compiles an expression of a checked plan; each lane needs one of its own. */
    Expression compile(String text, Schema fields) {
        try {
            return Expression.compile(text, fields, keys);
        } catch (ExpressionException wrong) {
            throw new IllegalStateException(text + ": not compiled (expected: a checked plan)", wrong);
        }
    }
}
