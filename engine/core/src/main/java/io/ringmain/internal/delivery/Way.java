package io.ringmain.internal.delivery;

import io.ringmain.internal.ring.Columns;
import io.ringmain.internal.ring.Place;
import io.ringmain.internal.ring.RouteColumn;
import io.ringmain.internal.ring.Slot;
import org.jspecify.annotations.Nullable;

/**
 * How the events come to a sink.
 *
 * @param routes where it stands which events do; null if all do
 * @param route the index of the sink's route
 * @param edge the way into the ring that the sink has of its own, written instead of the sink; null if it has none
 * @param chosen whether the sink has chosen before already, on the way into that ring
 * @param place where the sink stands, for events that come back
 * @param <E> the event
 */
public record Way<E>(
        @Nullable RouteColumn routes, int route, @Nullable SinkEdge<E> edge, boolean chosen, int place) {

    /** The way of a sink that is given every live event. */
    public static <E> Way<E> straight() {
        return new Way<>(null, RouteColumn.NONE, null, false, Place.FIRST);
    }

    /** Whether the event, which came back, goes on at this sink or before it. */
    boolean isFor(Columns columns, long sequence) {
        return Place.isGiven(columns.resumesAt(sequence), place);
    }

    /** Whether the event, which came back, did so for this sink only: its route led there before. */
    boolean isOnlyFor(Columns columns, long sequence) {
        return columns.resumesAt(sequence) == Place.only(place);
    }

    boolean leadsFrom(long sequence) {
        return routes == null || routes.route(sequence) == route;
    }

    /** Whether a control event is to be flushed for, or passed on, before what comes behind it. */
    boolean stopsAt(int kind) {
        return kind == Slot.END || kind == Slot.BARRIER || (edge != null && kind != Slot.DATA && kind != Slot.PADDING);
    }

    /** The outcome of an event that was given. */
    byte given() {
        return edge == null ? Outcomes.DELIVERED : Outcomes.HANDED_ON;
    }
}
