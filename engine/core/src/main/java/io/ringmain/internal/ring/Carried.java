package io.ringmain.internal.ring;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Events that came back and go on in a later segment, by the number that their slot has as position: the slots on the way there are empty.
 *
 * <p>Thread: any; each event is put by one and taken by another, and a ring lies between.
 */
public final class Carried {

    private final Map<Long, Object> events = new ConcurrentHashMap<>();

    /** Keeps {@code event} until it is taken. */
    public void put(long id, Object event) {
        events.put(id, event);
    }

    /** The event with that number. */
    public Object event(long id) {
        Object event = events.get(id);
        if (event == null) {
            throw new IllegalStateException("Letter " + id + " comes back without its event.");
        }
        return event;
    }

    /** Forgets the event with that number. */
    public void remove(long id) {
        events.remove(id);
    }
}
