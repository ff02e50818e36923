package io.ringmain.logs.plan;

import io.ringmain.PipelineBuilder;
import io.ringmain.logs.LogEvent;
import java.util.List;
import java.util.OptionalInt;

/** A kind of step. */
abstract non-sealed class StepKind extends Kind {

    StepKind(String name, String sentence, List<OptionSpec> options) {
        super(Role.STEP, name, sentence, options);
    }

    /** Whether what leaves the step are results, events of another ring, and no longer the events that came. */
    boolean givesResults() {
        return false;
    }

    /** Whether these are those of the whole run, which its report has too. */
    boolean isReported() {
        return false;
    }

    /** How many results wait in the next ring at most; empty for as many as in any ring. */
    OptionalInt bound(Part part) {
        return OptionalInt.empty();
    }

    /** Adds one stage or emitter, named as {@code part}, to {@code builder}, and returns the builder to go on with. */
    abstract PipelineBuilder<LogEvent, LogEvent> add(PipelineBuilder<LogEvent, LogEvent> builder, Part part, Site site);
}
