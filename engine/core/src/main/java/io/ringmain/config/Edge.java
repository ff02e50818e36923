package io.ringmain.config;

import static java.util.Objects.requireNonNull;

/**
 * A ring of its own before a sink, so that the sink holds nobody else back until that ring is full.
 *
 * @param whenFull what the ring's fullness does; to block holds everything before it back, though later
 * @param bound how many slots of the ring are used at a time, at least 1
 */
public record Edge(WhenFull whenFull, int bound) {

    /** How many slots are used at a time if not said: {@value}. */
    public static final int BOUND_DEFAULT = 8192;

    /** Checks the bound. */
    public Edge {
        requireNonNull(whenFull, "whenFull");
        if (bound < 1) {
            throw new IllegalArgumentException(
                    "edge.bound: " + bound + " (expected: >= 1); the default is " + BOUND_DEFAULT);
        }
    }

    /** Returns an edge of {@link #BOUND_DEFAULT} slots. */
    public static Edge of(WhenFull whenFull) {
        return new Edge(whenFull, BOUND_DEFAULT);
    }
}
