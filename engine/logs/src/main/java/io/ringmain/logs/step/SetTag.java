package io.ringmain.logs.step;

import static java.util.Objects.requireNonNull;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import io.ringmain.logs.parse.ParseResult;
import io.ringmain.logs.parse.RejectedException;
import io.ringmain.spi.Transform;

/**
 * The enricher that gives each event the same field, such as {@code env=prod}.
 *
 * <p>Thread: any; it keeps nothing. Never allocates. Fails with {@link ParseResult#FIELDS_FULL}.
 */
public final class SetTag implements Transform<LogEvent> {

    private final int key;
    private final Text value;

    /** Makes an enricher that sets {@code key}, a number of the pipeline's {@link Keys}, to {@code value}. */
    public SetTag(int key, Text value) {
        this.key = key;
        this.value = requireNonNull(value, "value");
    }

    @Override
    public void apply(LogEvent event) throws RejectedException {
        if (!event.fields().putText(key, value)) {
            throw RejectedException.of(ParseResult.FIELDS_FULL);
        }
    }
}
