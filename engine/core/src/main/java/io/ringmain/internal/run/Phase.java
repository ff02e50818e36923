package io.ringmain.internal.run;

/** Where a pipeline is in its life. */
public enum Phase {
    /** Assembled; publications wait in the ring. */
    BUILT,
    /** Everything runs. */
    STARTED,
    /** No new input; what is in the rings is finished. */
    DRAINING,
    /** The deadline has passed: blocked sinks are being aborted. */
    ABORTING,
    /** Nothing moves any more. */
    CLOSED
}
