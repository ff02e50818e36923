package io.ringmain.internal.stage;

import io.ringmain.internal.failure.Attempts;
import org.jspecify.annotations.Nullable;

/**
 * A place for one event that waits for its next attempt: a copy, since its slot is used again.
 *
 * @param <E> the event
 */
final class Parked<E> {

    final E event;
    final Attempts attempts;
    int source;
    long position;
    long ingressNs;
    long dueNs;
    /** Of those that are due at the same time the one that came first is tried first. */
    long turn;

    // The next ring was full, or the store of letters was: what is left to do of an attempt that is over.
    boolean passed;
    boolean kept;

    @Nullable
    Exception dying;

    Parked(E event, Attempts attempts) {
        this.event = event;
        this.attempts = attempts;
    }

    /** Makes the place free for another event. */
    void clear() {
        attempts.reset();
        passed = false;
        kept = false;
        dying = null;
    }
}
