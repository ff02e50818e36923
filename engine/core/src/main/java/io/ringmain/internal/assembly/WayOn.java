package io.ringmain.internal.assembly;

import io.ringmain.config.Parking;
import io.ringmain.internal.assembly.Rooms.Opening;
import io.ringmain.internal.assembly.SegmentPlan.IntoElement;
import io.ringmain.internal.checkpoint.Saved;
import io.ringmain.internal.ring.LaneCursor;
import io.ringmain.internal.ring.RouteColumn;
import io.ringmain.internal.stage.EventLane;
import io.ringmain.internal.stage.IntoLane;
import io.ringmain.internal.stage.ParkingArena;
import io.ringmain.internal.stage.ParkingLane;
import io.ringmain.internal.stage.SlotEmitter;
import io.ringmain.internal.stage.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds the lane that ends a segment: of an emitter, or of a stage whose failed events are set aside. */
record WayOn<E>(
        SegmentBuilder.Site site, SegmentPlan<E> plan, SegmentRooms<E> rooms, List<String> sources, Fates<E> fates) {

    /** Tells an emitter that wants to know which sources there are. */
    void connect(IntoElement<E, ?> into) {
        if (into.emitter() instanceof SlotEmitter<?, ?> slots) {
            slots.connect(sources);
        }
    }

    /** Makes the lane, which writes {@code to} the next ring, and says in {@code lateRoutes} which events came too late, if anybody wants them. */
    <R> EventLane<E> lane(
            LaneCursor cursor, IntoElement<E, R> into, IntoLane.Next<R> to, @Nullable RouteColumn lateRoutes) {
        return into.parking() == null
                ? emitting(cursor, into, to, lateRoutes)
                : parking(cursor, into, into.parking(), to);
    }

    private <R> EventLane<E> emitting(
            LaneCursor cursor, IntoElement<E, R> into, IntoLane.Next<R> to, @Nullable RouteColumn lateRoutes) {
        String name = into.step().name();
        site.stages().add(new Opening(name, into.emitter()::open, into.emitter()::close));
        Saved saved = site.saved("stage/" + name, into.emitter());
        return new IntoLane<>(
                cursor,
                rooms.ring,
                into.step(),
                into.emitter(),
                new IntoLane.Into<>(fates.of(name), to, saved, lateRoutes));
    }

    @SuppressWarnings("unchecked") // What is set aside goes on as what it was: E is R.
    private <R> EventLane<E> parking(LaneCursor cursor, IntoElement<E, R> into, Parking parking, IntoLane.Next<R> to) {
        Step<E> step = into.step();
        String name = step.name();
        site.stages().add(new Opening(name, step::open, step::close));
        var arena =
                new ParkingArena<>(plan.type, sources, parking.bound(), () -> fates.attempts(name, site.whenFailed()));
        rooms.parksIn(arena);
        return new ParkingLane<>(
                cursor,
                rooms.ring,
                step,
                new ParkingLane.Parts<>(
                        fates.of(name),
                        (IntoLane.Next<E>) to,
                        fates.burial(),
                        arena,
                        site.saved("stage/" + name, step.user()),
                        site.saved("parking/" + name, arena)));
    }
}
