package io.ringmain.spi;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A source, stage, emitter or sink that a later run of the same pipeline can go on with where this one stood. Where the pipeline keeps
 * checkpoints, each part that implements this is asked what it has to remember:
 *
 * <ul>
 *   <li>a source: where it stands, behind the last event that it claimed;
 *   <li>a stage or an emitter: what it has gathered from the events up to the barrier;
 *   <li>a sink: what is durable; asked right after {@link Sink#flush}, and right after {@link Sink#open} in a run that goes on from nothing.
 * </ul>
 *
 * <p>Thread: {@link #save} on the part's lane, between two events, or before the first one on the thread that starts the pipeline; {@link #load} on the thread that starts the pipeline, before the part is opened.
 *
 * <p>Errors: an exception of {@link #save} stops the pipeline, whose last checkpoint stays; one of {@link #load} ends the start.
 */
public interface Stateful {

    /** Writes what is to be remembered. May allocate; the lane stands still meanwhile. Begin with a number for the format. */
    void save(DataOutput out) throws IOException;

    /** Takes over what {@link #save} wrote, of this version or an older one. */
    void load(DataInput in) throws IOException;
}
