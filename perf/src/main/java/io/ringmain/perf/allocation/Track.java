package io.ringmain.perf.allocation;

import io.ringmain.Pipeline;
import java.io.IOException;

/**
 * What a course moves events over: a pipeline, how a run gets in, and what sees the mark at the end of it.
 *
 * <p>Thread: that of its course.
 */
interface Track extends AutoCloseable {

    /** Builds the pipeline. Its threads are told by its {@code name}. */
    Pipeline<?> build(String name, Course course);

    /** Gives the present run and its mark, in whatever way; nothing if a source does. */
    void give();

    /** Gives the mark again, if the first may have been dropped on the way. */
    void giveAgain();

    /** How many marks have come. */
    long marks();

    /** Removes what it has left outside. */
    @Override
    default void close() throws IOException {}
}
