package io.ringmain.config;

/** How the threads of a pipeline wait when there is nothing to do. */
public enum Waiting {
    /** Spin and yield for a moment, then sleep until signalled: costs nothing idle. The default. */
    BLOCKING,
    /** Yield for ever: lower latency, a busy core per thread. For pipelines with fewer threads than cores. */
    YIELDING,
    /** Spin for ever: lowest latency, a core per thread. For pipelines with fewer threads than free cores. */
    BUSY_SPIN
}
