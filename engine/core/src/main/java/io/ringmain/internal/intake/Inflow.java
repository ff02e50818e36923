package io.ringmain.internal.intake;

import io.ringmain.spi.Source.Status;

/**
 * One of the streams that the intake lane merges: a pollable source, or the small ring of a push source or of publishing threads.
 *
 * <p>Thread: the intake lane's, except {@link #name}, {@link #received} and {@link #stop}.
 */
public interface Inflow {

    /** The name of the source. Any thread. */
    String name();

    /** How many events came from it. Any thread. */
    long received();

    /** Whether the events can wait while others that cannot still find room. */
    boolean isDelayable();

    /** Whether somebody wakes the lane when there are events; if not, the lane asks again after a pause. */
    boolean wakes();

    /** Gives at most {@code max} events; {@link Status#END} once nothing comes any more. */
    Status fill(int max) throws Exception;

    /**
     * Asks for nothing new; what was handed over before still comes, then {@link #fill} says that it is the end. Returns {@code false} if that
     * was so already. Any thread.
     */
    boolean stop();

    /** Gives back what the source holds; once. */
    void close() throws Exception;
}
