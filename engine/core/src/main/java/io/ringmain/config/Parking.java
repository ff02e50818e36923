package io.ringmain.config;

/**
 * That events at which a stage has failed are set aside until they are tried again, and others go on meanwhile: order is given up for a steady flow. When as many
 * as {@code bound} wait, the stage keeps the order again: it stays at the one that failed.
 *
 * @param bound how many events may be set aside, at least 1; each is a copy that is made when the pipeline is built
 */
public record Parking(int bound) {

    /** Checks the bound. */
    public Parking {
        if (bound < 1) {
            throw new IllegalArgumentException("parking.bound: " + bound + " (expected: >= 1)");
        }
    }

    /** Returns a parking for {@code bound} events. */
    public static Parking of(int bound) {
        return new Parking(bound);
    }
}
