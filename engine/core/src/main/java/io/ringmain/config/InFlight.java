package io.ringmain.config;

/**
 * How many batches an {@link io.ringmain.spi.AsyncSink} is given before it has answered for the first. How many it really is given follows from
 * how it answers: one at first, one more after each round of answers in time, half as many when an attempt fails or an answer takes twice as
 * long as it does when nothing is under way beside it.
 *
 * @param limitMax the most batches under way, at least 1; so many of {@link Batching#countMax} events each must find room in the ring
 */
public record InFlight(int limitMax) {

    /** Up to {@code 16} batches. */
    public static final InFlight DEFAULT = new InFlight(16);

    /** Checks the number. */
    public InFlight {
        if (limitMax < 1) {
            throw new IllegalArgumentException("inFlight.limitMax: " + limitMax + " (expected: >= 1)");
        }
    }

    /** Returns the bound of {@code limitMax} batches. */
    public static InFlight of(int limitMax) {
        return new InFlight(limitMax);
    }
}
