package io.ringmain.logs.step;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.spi.Transform;

/**
 * The enricher that removes a field, or makes the level or the time unknown. An event that lacks it stays as it is.
 *
 * <p>Thread: any; it keeps nothing. Never allocates, never fails.
 */
public final class RemoveField implements Transform<LogEvent> {

    private final int key;

    /**
     * Makes an enricher that removes {@code key}, a number of the pipeline's {@link Keys}.
     *
     * @throws IllegalArgumentException if {@code key} is the line
     */
    public RemoveField(int key) {
        this.key = Assignment.checkTarget("remove", key);
    }

    @Override
    public void apply(LogEvent event) {
        Assignment.remove(event, key);
    }
}
