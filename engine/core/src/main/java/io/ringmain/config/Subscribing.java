package io.ringmain.config;

import static java.util.Objects.requireNonNull;

import java.util.function.LongConsumer;

/** What a subscriber that is slower than the others does: to hold them back, or to miss events. */
public sealed interface Subscribing {

    /** Sees every event, and holds the ring back until it has. */
    record Lossless() implements Subscribing {}

    /**
     * Holds nobody back: each event is copied at once into a room of the subscriber's own, and one that finds the room full is lost for it.
     *
     * @param bound how many events the room holds, at least 1
     * @param whenLagged told how many events were lost, on the subscriber's thread, before the next one that it is given, or before its end
     */
    record Lossy(int bound, LongConsumer whenLagged) implements Subscribing {

        /** Checks the bound. */
        public Lossy {
            requireNonNull(whenLagged, "whenLagged");
            if (bound < 1) {
                throw new IllegalArgumentException("subscribing.bound: " + bound + " (expected: >= 1)");
            }
        }
    }

    /** Returns the way that loses nothing. */
    static Subscribing lossless() {
        return new Lossless();
    }

    /** Returns the way that holds nobody back; see {@link Lossy}. */
    static Subscribing lossy(int bound, LongConsumer whenLagged) {
        return new Lossy(bound, whenLagged);
    }
}
