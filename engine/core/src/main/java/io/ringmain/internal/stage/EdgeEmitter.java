package io.ringmain.internal.stage;

import io.ringmain.spi.Emitter;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Outlet;
import io.ringmain.spi.Progress;

/**
 * Copies each event into a new ring of the same type.
 *
 * @param <E> the event
 */
public record EdgeEmitter<E>(EventType<E> type) implements Emitter<E, E> {

    @Override
    public Progress emit(E event, Outlet<E> outlet) {
        E copy = outlet.claim();
        if (copy == null) {
            return Progress.MORE;
        }
        type.copy(event, copy);
        return Progress.DONE;
    }
}
