package io.ringmain.logs.file;

import io.ringmain.logs.LogEvent;

/**
 * How an event is written.
 *
 * <p>Thread: one, the sink's lane; it may keep scratch state. Never allocates per event.
 */
@FunctionalInterface
public interface Encoder {

    /** Puts {@code event}, with its line end, behind what {@code to} has. */
    void encode(LogEvent event, Bytes to);
}
