package io.ringmain.internal.checkpoint;

import org.jspecify.annotations.Nullable;

/**
 * A stream that enters the pipeline, as its checkpoints see it.
 *
 * <p>Thread: {@link #place}, {@link #position} and {@link #bytesRead} the one that publishes into the first ring, {@link #acknowledged} the supervisor's.
 */
public interface Origin {

    /** What the source says of where it stands; null if it remembers nothing. */
    @Nullable
    Saved place();

    /** The position of the last event that was published; -1 before the first. */
    long position();

    /** How many bytes it has read; 0 if that is not counted. */
    long bytesRead();

    /** All events up to {@code position} are durably where they belong. User code: it may throw. */
    void acknowledged(long position) throws Exception;

    /** The stream's name. */
    String name();
}
