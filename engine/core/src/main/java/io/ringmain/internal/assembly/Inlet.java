package io.ringmain.internal.assembly;

import io.ringmain.internal.run.Lane;
import io.ringmain.internal.run.Signal;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Where a segment's events come from.
 *
 * @param published the signal of their publication
 * @param writerLane the lane that publishes; null if threads do
 * @param sourceNames their sources' names, by number
 * @param lasting whether a later run finds the positions of a source again
 */
record Inlet(Signal published, @Nullable Lane writerLane, List<String> sourceNames, IntPredicate lasting) {

    /** The same events behind an edge. */
    Inlet behind(Signal published, Lane writerLane) {
        return new Inlet(published, writerLane, sourceNames, lasting);
    }

    /** Events that are told apart only within this run. */
    static Inlet passing(Signal published, @Nullable Lane writerLane, List<String> sourceNames) {
        return new Inlet(published, writerLane, sourceNames, source -> false);
    }
}
