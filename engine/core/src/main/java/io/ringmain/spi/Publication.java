package io.ringmain.spi;

/** What became of an attempt to publish. */
public enum Publication {
    /** The events are in the ring, or wait before it, and are counted as received. */
    PUBLISHED,
    /** The policy dropped the events, all of them if they were several; counted as received and as dropped. */
    DROPPED,
    /**
     * There is no room and the call was not to wait, no longer, or must not, because it was made on a thread of the pipeline itself; counted
     * as refused, not as received.
     */
    FULL,
    /** The pipeline is draining or closed, its input has ended, or the source was removed: it takes nothing any more. Not counted. */
    CLOSED,
    /** The calling thread was interrupted while it waited for room; its interrupt flag is set. Counted as refused. */
    INTERRUPTED
}
