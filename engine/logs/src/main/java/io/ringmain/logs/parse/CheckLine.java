package io.ringmain.logs.parse;

import io.ringmain.logs.LogEvent;
import io.ringmain.spi.Stage;

/**
 * The stage that rejects lines over the limit of their source, of which only the beginning is there: they would parse to something that
 * nobody wrote. {@link Parse} does the same; this is for pipelines without it.
 *
 * <p>Thread: any; it keeps nothing. Never allocates.
 */
public final class CheckLine implements Stage<LogEvent> {

    /** Makes the stage. */
    public CheckLine() {}

    @Override
    public boolean process(LogEvent event) throws RejectedException {
        if (event.bytesCut() > 0) {
            throw RejectedException.of(ParseResult.LINE_TOO_LONG);
        }
        return true;
    }
}
