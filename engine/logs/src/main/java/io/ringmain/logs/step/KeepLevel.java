package io.ringmain.logs.step;

import static java.util.Objects.requireNonNull;

import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.spi.Stage;

/**
 * The filter that keeps events of a level and above. An event without a level was not parsed and is not kept.
 *
 * <p>Thread: any; it keeps nothing. Never allocates.
 */
public final class KeepLevel implements Stage<LogEvent> {

    private final Level least;

    /** Makes a filter that keeps {@code least} and above. */
    public KeepLevel(Level least) {
        this.least = requireNonNull(least, "least");
    }

    @Override
    public boolean process(LogEvent event) {
        Level level = event.level();
        return level != null && level.isAtLeast(least);
    }
}
