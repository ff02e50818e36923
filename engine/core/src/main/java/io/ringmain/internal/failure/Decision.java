package io.ringmain.internal.failure;

/** What a lane does about a failure. */
public enum Decision {
    /** Stay at the event and come back at {@link Attempts#resumeAtNs()}. */
    AGAIN,
    /** Go on; the event is dropped as skipped. */
    SKIP,
    /** Go on; the event is to be kept as a dead letter. */
    BURY,
    /** Stop the pipeline. */
    STOP
}
