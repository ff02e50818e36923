package io.ringmain.internal.assembly;

import io.ringmain.internal.run.Lane;
import io.ringmain.internal.run.Signal;
import io.ringmain.internal.stage.IntoLane;
import io.ringmain.spi.DeadLetters;
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

    /** Results of {@code emitter}, which are told apart only within this run, and letters that came back, whose numbers may last. */
    static Inlet results(Signal published, Lane writerLane, String emitter, boolean lettersLast) {
        return new Inlet(
                published,
                writerLane,
                List.of(emitter, DeadLetters.SOURCE),
                source -> lettersLast && source == IntoLane.Next.LETTERS);
    }

    /** Events that are told apart only within this run. */
    static Inlet passing(Signal published, @Nullable Lane writerLane, List<String> sourceNames) {
        return new Inlet(published, writerLane, sourceNames, source -> false);
    }
}
