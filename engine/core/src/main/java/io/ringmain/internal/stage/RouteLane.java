package io.ringmain.internal.stage;

import io.ringmain.internal.ring.LaneCursor;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.ring.RouteColumn;
import io.ringmain.internal.ring.Slot;
import io.ringmain.internal.run.StoppedException;
import io.ringmain.spi.Condition;
import java.util.List;

/**
 * Notes for each live event the first route whose condition holds. The conditions are asked here, once, so that a condition that fails is one
 * failure of the event, whatever the number of sinks.
 *
 * <p>Thread: one, the lane's.
 *
 * @param <E> the event
 */
public final class RouteLane<E> extends EventLane<E> {

    private final Step<E> step;
    private final Condition<? super E>[] conditions;
    private final RouteColumn routes;
    private boolean sampled;
    private long sampledNs;
    private boolean ended;

    /** Makes the lane known to reports as {@code step}, which writes to {@code routes}. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // An array of a generic type can be made in no other way.
    public RouteLane(LaneCursor cursor, Ring<E> ring, Step<E> step, Routing<E> routing) {
        super(step.name(), cursor, ring, routing.fate());
        this.step = step;
        conditions = routing.conditions().toArray(new Condition[0]);
        routes = routing.routes();
    }

    /** What the lane decides by and where it notes it. */
    public record Routing<E>(List<Condition<? super E>> conditions, RouteColumn routes, Fate<E> fate) {}

    @Override
    public int work(long nowNs) throws StoppedException {
        if (sampled) {
            step.service.record(nowNs - sampledNs);
            sampled = false;
        }
        if (isHeld(nowNs)) {
            return tryToLeave(nowNs);
        }
        long next = cursor.next();
        long high = cursor.poll();
        if (high < next) {
            ended = ended || cursor.atCut();
            return 0;
        }
        if (Slot.isLiveSample(columns.mark(next))) {
            step.waited.record(nowNs - columns.handedNs(next));
            sampled = true;
            sampledNs = nowNs;
            columns.handOn(next, nowNs);
            high = next;
        }
        return take(next, high, nowNs);
    }

    private int take(long low, long high, long nowNs) throws StoppedException {
        long sequence = low;
        int live = 0;
        try {
            for (; sequence <= high; sequence++) {
                byte mark = columns.mark(sequence);
                if (Slot.isLiveSample(mark) && sequence > low) {
                    break;
                }
                if (Slot.isLive(mark)) {
                    if (Slot.isResumed(mark) && !step.isFor(columns.resumesAt(sequence))) {
                        continue;
                    }
                    routes.choose(sequence, routeOf(ring.event(sequence)));
                    live++;
                } else if (Slot.kind(mark) == Slot.END) {
                    ended = true;
                }
            }
        } catch (Exception failure) {
            passTo(low, sequence, live);
            return (int) (sequence - low) + failed(failure, nowNs);
        } catch (Error error) {
            passTo(low, sequence, live);
            throw error;
        }
        passTo(low, sequence, live);
        return (int) (sequence - low);
    }

    private int routeOf(E event) throws Exception {
        for (int i = 0; i < conditions.length; i++) {
            if (conditions[i].holds(event)) {
                return i;
            }
        }
        return RouteColumn.NONE;
    }

    /** Passes on what is before {@code next}; who has moved is at no event that failed before. */
    private void passTo(long low, long next, int live) {
        if (next > low) {
            attempts.reset();
            pass(next - 1, live);
        }
    }

    @Override
    Step<E> standingStep() {
        return step;
    }

    @Override
    public boolean done() {
        return ended;
    }

    @Override
    public List<Step<E>> steps() {
        return List.of(step);
    }
}
