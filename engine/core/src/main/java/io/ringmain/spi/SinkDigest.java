package io.ringmain.spi;

import static java.util.Objects.requireNonNull;

/**
 * The digest of one sink, and how far a replay can be expected to give the same.
 *
 * @param sink the sink's name
 * @param digest of what it was given
 * @param repeats what of it a replay repeats
 */
public record SinkDigest(String sink, Digest digest, Repeats repeats) {

    /** What a replay of the same input gives a sink again. */
    public enum Repeats {
        /** The same events in the same order. */
        IN_ORDER,
        /** The same events: a stage before it sets failed ones aside, see {@link io.ringmain.config.Parking}. */
        IN_ANY_ORDER,
        /** What there was time for: an edge before it drops what finds it full. */
        NOT
    }

    /** Checks that nothing is missing. */
    public SinkDigest {
        requireNonNull(sink, "sink");
        requireNonNull(digest, "digest");
        requireNonNull(repeats, "repeats");
    }

    /** Whether {@code replayed}, of the same sink in a replay, is another result than it had to be. */
    public boolean isContradictedBy(Digest replayed) {
        return switch (repeats) {
            case IN_ORDER -> !replayed.equals(digest);
            case IN_ANY_ORDER ->
                replayed.events() != digest.events() || !replayed.inAnyOrder().equals(digest.inAnyOrder());
            case NOT -> false;
        };
    }
}
