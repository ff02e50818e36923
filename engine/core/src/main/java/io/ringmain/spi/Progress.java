package io.ringmain.spi;

/** What an {@link Emitter} has to say after a call. */
public enum Progress {
    /** The event, or the end of input, is dealt with. */
    DONE,
    /** The outlet was full, or the batch is large: call again with the same event. */
    MORE
}
