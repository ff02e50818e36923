package io.ringmain.config;

/** What happens when a dead letter finds no room. Losing it is not among the choices. */
public enum WhenLettersFull {
    /** Stop the pipeline with an error that names the option {@code deadLetters}. */
    STOP,
    /** Hold the failing lane, and so what is before it, until there is room. */
    BLOCK
}
