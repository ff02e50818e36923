package io.ringmain.logs.parse;

import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import java.util.Map;

/**
 * Fills an event from its own line, in place.
 *
 * <p>Thread: one lane, one call at a time; an implementation that keeps nothing between calls may be shared. Never allocates per
 * event, never throws on data, and is idempotent: parsing a line twice does no harm.
 */
@FunctionalInterface
public interface LineParser {

    /** Reads the line of {@code event} and sets what it finds. A line that is not {@link ParseResult#PARSED} stays as it was. */
    ParseResult parse(LogEvent event);

    /** The fields that it sets, as far as it is known before the first line; all open if not said. */
    default Schema schema() {
        return new Schema(Map.of(), true);
    }
}
