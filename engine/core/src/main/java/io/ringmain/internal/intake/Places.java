package io.ringmain.internal.intake;

import io.ringmain.internal.ring.Carried;
import io.ringmain.internal.ring.Place;
import io.ringmain.spi.EventType;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stages and sinks to which letters can go back, by name.
 *
 * <p>Thread: filled by assembly, then read by the intake lane.
 */
public final class Places {

    private final Map<String, Entry> entries = new HashMap<>();
    private final Carried carried = new Carried();

    /** Where somebody stands, and what type of events it takes. */
    record Entry(int target, EventType<?> type) {

        boolean isInFirstSegment() {
            return Place.segment(target) == 0;
        }
    }

    /** Adds the stage or sink called {@code name}, to whose events {@code target} leads. */
    public void add(String name, int target, EventType<?> type) {
        entries.put(name, new Entry(target, type));
    }

    /** The events on their way to later segments. */
    public Carried carried() {
        return carried;
    }

    @Nullable
    Entry find(String name) {
        return entries.get(name);
    }
}
