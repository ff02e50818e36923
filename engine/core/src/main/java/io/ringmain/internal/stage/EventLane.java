package io.ringmain.internal.stage;

import io.ringmain.internal.counters.BlockedTime;
import io.ringmain.internal.counters.Counter;
import io.ringmain.internal.counters.Failures;
import io.ringmain.internal.failure.Attempts;
import io.ringmain.internal.failure.Burial;
import io.ringmain.internal.failure.Decision;
import io.ringmain.internal.ring.Columns;
import io.ringmain.internal.ring.LaneCursor;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.ring.Slot;
import io.ringmain.internal.run.Lane;
import io.ringmain.internal.run.StoppedException;
import io.ringmain.spi.FailureKind;
import java.util.List;

/**
 * A lane that works on one event after the other and may stand at one that failed.
 *
 * @param <E> the event
 */
public abstract class EventLane<E> extends Lane {

    final Ring<E> ring;
    final Columns columns;
    final LaneCursor cursor;
    final Attempts attempts;
    private final Burial<E> burial;
    private final Failures failures;
    private final Counter taken = new Counter();

    EventLane(String name, LaneCursor cursor, Ring<E> ring, Fate<E> fate) {
        super(name);
        this.cursor = cursor;
        this.ring = ring;
        columns = ring.columns();
        attempts = fate.attempts();
        burial = fate.burial();
        failures = fate.failures();
    }

    /** What becomes of events that fail in a lane; its own. */
    public record Fate<E>(Attempts attempts, Burial<E> burial, Failures failures) {}

    /** What a failure at the event that the lane stands at is about. */
    FailureKind kindOf(Exception failure) {
        return standingStep().kindOf(failure, cursor.next());
    }

    /** The step at which the lane stands after a failure. */
    abstract Step<E> standingStep();

    /** Gives the event that the lane stands at back what the failed attempt has changed, if its stage wants that: its letter may be tried again. */
    void restore() {}

    /** The lane does not stand any more. One that has a single step has nothing to remember of where it stood. */
    void leave() {}

    /** Whether the lane must deal with the event it stands at before it takes another. */
    final boolean isHeld(long nowNs) {
        return attempts.pausing(nowNs) || burial.pending();
    }

    /** What a held lane can do: try again to find room for a letter; returns how many events it passed by that. */
    final int tryToLeave(long nowNs) throws StoppedException {
        return burial.pending() ? buryStanding(nowNs) : 0;
    }

    /** Deals with the failure of the event that the lane stands at; returns how many events it passed by that. */
    final int failed(Exception failure, long nowNs) throws StoppedException {
        Step<E> step = standingStep();
        step.failed.add(1);
        Decision decision = attempts.failed(failure, this::kindOf, nowNs);
        if (decision == Decision.STOP) {
            // The supervisor records this one.
            throw new StoppedException(step.name(), failure, burial.origin(cursor.next()));
        }
        failures.record(step.name(), failure, burial.origin(cursor.next()));
        return switch (decision) {
            case AGAIN, STOP -> 0;
            case SKIP -> {
                int passed = giveUp(Slot.DROPPED);
                step.dropped.add(1);
                yield passed;
            }
            case BURY -> {
                restore();
                burial.because(failure);
                yield buryStanding(nowNs);
            }
        };
    }

    /** Counts a failure that is about no event and does not end the lane; the supervisor counts the one that does. */
    final void note(Exception failure) {
        failures.record(standingStep().name(), failure);
    }

    private int buryStanding(long nowNs) throws StoppedException {
        Step<E> step = standingStep();
        if (!burial.bury(cursor.next(), step.name(), attempts.count(), nowNs)) {
            return 0;
        }
        burial.rest();
        int passed = giveUp(Slot.DEAD);
        step.dead.add(1);
        return passed;
    }

    private int giveUp(int verdict) {
        columns.mark(cursor.next(), verdict);
        leave();
        attempts.reset();
        pass(cursor.next(), 1);
        return 1;
    }

    /** Passes everything up to {@code last} on, {@code count} live events among it. */
    final void pass(long last, long count) {
        taken.add(count);
        cursor.pass(last);
    }

    @Override
    public long wakeAtNs() {
        return Math.min(attempts.resumeAtNs(), burial.askAtNs());
    }

    /** The lane's place in its ring. */
    public final LaneCursor cursor() {
        return cursor;
    }

    /** How many events the lane has taken up and ended with. Any thread. */
    public final long taken() {
        return taken.value();
    }

    /** The stages, in order. */
    public abstract List<Step<E>> steps();

    /** What held the lane back. */
    public List<BlockedTime> blocked() {
        return attempts.blockedAnd(burial.blocked());
    }
}
