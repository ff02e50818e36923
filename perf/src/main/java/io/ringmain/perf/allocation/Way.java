package io.ringmain.perf.allocation;

/** A way that events may take through the engine; each must allocate nothing per event, unless it says otherwise. */
public interface Way {

    /** What the table calls it. */
    String name();

    /** Starts it, for runs of {@code events}. Each course is one pipeline. */
    Course open(long events);

    /** The most events of a run, for ways that are slow on purpose or must prepare their events. */
    default long eventsMax() {
        return Long.MAX_VALUE;
    }

    /** Whether something on it allocates on purpose, to show that it is seen. */
    default boolean allocates() {
        return false;
    }
}
