package io.ringmain;

/** Where a pipeline is in its life. It only moves down this list. */
public enum PipelineState {
    /** Built, not started: publications wait in the ring, up to its bound. */
    BUILT,
    /** Running. */
    STARTED,
    /** Input has ended, closing was asked for, or something failed: what is in the rings is being finished. */
    DRAINING,
    /** Nothing moves any more; the report is final. */
    CLOSED
}
