package io.ringmain.logs.step;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import io.ringmain.logs.Value;
import io.ringmain.logs.parse.ParseResult;
import io.ringmain.logs.parse.RejectedException;
import io.ringmain.spi.Transform;

/**
 * The enricher that gives each event the same field, such as {@code env=prod}.
 *
 * <p>Thread: any; it keeps nothing that changes. Never allocates. Fails with {@link ParseResult#FIELDS_FULL}.
 */
public final class SetField implements Transform<LogEvent> {

    private final int key;
    private final Value value = new Value();

    /**
     * Makes an enricher that sets {@code key}, a number of the pipeline's {@link Keys}, to {@code text}.
     *
     * @throws IllegalArgumentException if {@code key} is the line, the time, or the level and {@code text} none
     */
    public SetField(int key, Text text) {
        this.key = Assignment.checkTarget("set", key);
        value.setText(text);
        // Whether a text can be a level or a time is known now; fields take all texts.
        if (key < 0 && Assignment.put(new LogEvent(), key, value) != ParseResult.PARSED) {
            throw new IllegalArgumentException(
                    key == Keys.LEVEL
                            ? "set.level: " + text + " (expected: TRACE, DEBUG, INFO, WARN, ERROR, FATAL or an alias)"
                            : "set.timestamp: " + text + " (expected: a time, such as 2015-05-17T10:05:03Z)");
        }
    }

    @Override
    public void apply(LogEvent event) throws RejectedException {
        Assignment.putOrReject(event, key, value);
    }
}
