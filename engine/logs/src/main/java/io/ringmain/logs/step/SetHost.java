package io.ringmain.logs.step;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import io.ringmain.logs.parse.ParseResult;
import io.ringmain.logs.parse.RejectedException;
import io.ringmain.spi.Transform;

/**
 * The enricher that notes in the field {@code host} where the pipeline runs.
 *
 * <p>Thread: any; it keeps nothing that changes. Never allocates. Fails with {@link ParseResult#FIELDS_FULL}.
 */
public final class SetHost implements Transform<LogEvent> {

    /** The field that is set: {@value}. */
    public static final String FIELD = "host";

    private final SetField set;

    /** Makes an enricher that sets the host to {@code name}, which the caller has found out. */
    public SetHost(Keys keys, String name) {
        set = new SetField(keys.id(FIELD), Text.of(name));
    }

    @Override
    public void apply(LogEvent event) throws RejectedException {
        set.apply(event);
    }
}
