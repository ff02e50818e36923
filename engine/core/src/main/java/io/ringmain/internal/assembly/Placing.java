package io.ringmain.internal.assembly;

import io.ringmain.internal.assembly.SegmentPlan.StripedElement;
import io.ringmain.internal.intake.Places;
import io.ringmain.internal.ring.Columns;
import io.ringmain.internal.ring.EventWriter;
import io.ringmain.internal.ring.Onward;
import io.ringmain.internal.ring.Place;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.ring.RingWriter;
import io.ringmain.internal.stage.Step;
import io.ringmain.spi.EventType;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the stages and sinks of one segment along the way of the events, and notes to which of them letters can come back.
 *
 * @param <E> the event
 */
final class Placing<E> {

    private final @Nullable Places places;
    private final EventType<E> type;
    private final int segment;
    // Whether letters come as far as this.
    private boolean open;
    private int placed;

    /** Makes the placing of the segment with that number; {@code places} is null if no letters come back. */
    Placing(@Nullable Places places, EventType<E> type, int segment) {
        this.places = places;
        this.type = type;
        this.segment = segment;
    }

    /** Lets letters come back into this segment, if any do. */
    void openTo(Columns columns) {
        if (places != null) {
            open = true;
            columns.addResumes();
        }
    }

    /** The next place along the way. */
    int next() {
        placed++;
        return Place.of(segment, placed);
    }

    /** The place behind all others. */
    int last() {
        return Place.last(segment);
    }

    /** Lets letters of the stage or sink called {@code name} come back to {@code target}. */
    void comesBack(String name, int target) {
        if (places != null && open) {
            places.add(name, target, type);
        }
    }

    /** Says that {@code step} stands at {@code place}. */
    void stands(Step<E> step, int place) {
        step.standsAt(place);
        comesBack(step.name(), place);
    }

    /** {@code element} with all its steps at {@code place}. */
    StripedElement<E> striped(StripedElement<E> element, int place) {
        return new StripedElement<>(element.name(), () -> {
            Step<E> step = element.steps().get();
            stands(step, place);
            return step;
        });
    }

    /** How letters come into the next segment; null if they do not: none come, or one could be dropped on the way. */
    <R> @Nullable Onward<R> onward(Ring<R> ring, EventWriter<R> writer, int next) {
        RingWriter<R> straight = writer.straight();
        return places == null || !open || straight == null
                ? null
                : new Onward<>(straight, ring, places.carried(), next);
    }
}
