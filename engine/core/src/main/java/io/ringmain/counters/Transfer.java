package io.ringmain.counters;

/** What became of a transfer from one counter to another. All but {@link #DONE} have changed nothing. */
public enum Transfer {
    /** It was done. */
    DONE,
    /** The one had less than that. */
    INSUFFICIENT,
    /** The other one would have left the range of a long. */
    OVERFLOW,
    /** It had not begun when its time was over, or its thread was interrupted; then the interrupt flag is set. */
    TIMED_OUT
}
