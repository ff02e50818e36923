package io.ringmain.spi;

import static java.util.Objects.requireNonNull;

/**
 * What a sink was given, in a few bytes: equal events give equal digests, others practically never do.
 *
 * @param events how many there were
 * @param inOrder of the events as they came one after the other; 32 hexadecimal digits
 * @param inAnyOrder of the events alone: the same in any order; 32 hexadecimal digits
 */
public record Digest(long events, String inOrder, String inAnyOrder) {

    /** Checks that nothing is missing. */
    public Digest {
        requireNonNull(inOrder, "inOrder");
        requireNonNull(inAnyOrder, "inAnyOrder");
    }
}
