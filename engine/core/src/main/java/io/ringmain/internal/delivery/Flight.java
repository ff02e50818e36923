package io.ringmain.internal.delivery;

import io.ringmain.internal.failure.Attempts;
import org.jspecify.annotations.Nullable;

/**
 * A batch on its way to an asynchronous sink, from its first attempt until it is settled.
 *
 * <p>Thread: the lane's own.
 *
 * @param <E> the event
 */
public final class Flight<E> {

    /** Where a flight stands. */
    enum State {
        /** An attempt is under way. */
        UNDER_WAY,
        /** An attempt failed; the next one comes after a pause. */
        PAUSING,
        /** The sink has it. */
        TAKEN,
        /** It is given up, its events are dropped. */
        SKIPPED,
        /** It is given up, its events are to become letters. */
        DOOMED
    }

    final SlotBatch<E> batch;
    final Attempts attempts;
    State state = State.TAKEN;
    // The last slot that is passed with it.
    long last;
    long launch;
    long launchedNs;
    private @Nullable Answer answer;
    // Why it is doomed.
    private @Nullable Exception why;

    /** Makes a flight for one batch after the other. */
    public Flight(SlotBatch<E> batch, Attempts attempts) {
        this.batch = batch;
        this.attempts = attempts;
    }

    void await(Answer next) {
        answer = next;
        state = State.UNDER_WAY;
    }

    Answer answer() {
        if (answer == null) {
            throw new IllegalStateException("The flight has not begun.");
        }
        return answer;
    }

    boolean hasLanded() {
        return state == State.UNDER_WAY && answer().hasCome();
    }

    /** Whether the sink has all of it, noticed or not. */
    boolean isTaken() {
        return state == State.TAKEN || (hasLanded() && answer().failure() == null && !batch.anyFailed());
    }

    void doom(Exception failure) {
        why = failure;
        state = State.DOOMED;
    }

    Exception why() {
        if (why == null) {
            throw new IllegalStateException("The flight is not doomed.");
        }
        return why;
    }

    /** The next batch may be gathered. */
    void clear() {
        batch.clear();
        attempts.reset();
        answer = null;
        why = null;
    }
}
