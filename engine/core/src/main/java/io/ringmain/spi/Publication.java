package io.ringmain.spi;

/** What became of an attempt to publish. */
public enum Publication {
    /** The events are in the ring and counted as received. */
    PUBLISHED,
    /** The ring was full and its policy dropped the events; counted as received and as dropped. */
    DROPPED,
    /** The ring is full and the call was not to wait; counted as refused, not as received. */
    FULL,
    /** The pipeline is draining or closed, or its input has ended: it takes nothing any more. Not counted. */
    CLOSED,
    /** The calling thread was interrupted while it waited for room; its interrupt flag is set. Counted as refused. */
    INTERRUPTED
}
