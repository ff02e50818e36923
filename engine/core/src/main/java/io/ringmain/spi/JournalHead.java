package io.ringmain.spi;

import static java.util.Objects.requireNonNull;

/**
 * What is known of a run when it begins.
 *
 * @param pipeline the pipeline's name
 * @param format the {@linkplain Portable#format format} in which the events are written
 * @param seed where the engine's own random numbers begin, see {@link Runner#seed}
 * @param checkpoint the number of the checkpoint from which the run goes on, whose barrier stands in the journal of an earlier run; 0 if it begins with nothing
 * @param clockNs the time on the pipeline's nanosecond clock, to which the times of entry refer
 */
public record JournalHead(String pipeline, int format, long seed, long checkpoint, long clockNs) {

    /** Checks that nothing is missing. */
    public JournalHead {
        requireNonNull(pipeline, "pipeline");
    }
}
