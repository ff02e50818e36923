package io.ringmain.logs.step;

import io.ringmain.logs.Fields;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;
import io.ringmain.logs.parse.ParseResult;
import io.ringmain.logs.parse.RejectedException;
import io.ringmain.spi.Transform;

/**
 * The enricher that gives another field the value of a field, the level, the time or the line. Text is shared, not copied. An event that
 * lacks the first stays as it is. A level becomes text in a field, a time stays a time; the other way text must be a level's word.
 *
 * <p>Thread: any; one lane each. Never allocates. Fails with {@link ParseResult#FIELDS_FULL}, {@link ParseResult#UNKNOWN_LEVEL} or
 * {@link ParseResult#BAD_TIME}, and then has changed nothing.
 */
public final class CopyField implements Transform<LogEvent> {

    private final int from;
    private final int to;
    private final Value value = new Value();

    /**
     * Makes an enricher that copies {@code from} to {@code to}, numbers of the pipeline's {@link Keys}.
     *
     * @throws IllegalArgumentException if {@code to} is the line
     */
    public CopyField(int from, int to) {
        this.from = from;
        this.to = Assignment.checkTarget("copy", to);
    }

    @Override
    public void apply(LogEvent event) throws RejectedException {
        Fields fields = event.fields();
        int index = from < 0 || to < 0 ? -1 : fields.indexOf(from);
        if (index >= 0 && fields.kind(index) == Fields.Kind.JSON) {
            // As a value it would be text like any other.
            if (!fields.putJson(to, fields.offset(index), fields.length(index))) {
                throw RejectedException.of(ParseResult.FIELDS_FULL);
            }
        } else if (event.read(from, value)) {
            Assignment.putOrReject(event, to, value);
        }
    }
}
