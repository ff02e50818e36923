package io.ringmain.logs.plan;

import io.ringmain.PipelineBuilder;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import java.util.List;
import java.util.Map;

/** Stands in a plan that is wrong anyway for a step that nobody knows, so that the rest can be checked: behind it any field may be. */
final class UnknownStep extends StepKind {

    static final StepKind KIND = new UnknownStep();

    /** Where nothing is known of the fields. */
    static final Schema ANYTHING = new Schema(Map.of(), true);

    private UnknownStep() {
        super("unknown", "A step of a kind that does not exist.", List.of());
    }

    @Override
    public String example() {
        return "";
    }

    @Override
    Schema check(Scope scope) {
        return ANYTHING;
    }

    @Override
    PipelineBuilder<LogEvent, LogEvent> add(PipelineBuilder<LogEvent, LogEvent> builder, Part part, Site site) {
        throw new IllegalStateException(part.options().path() + ": unknown (expected: a plan without problems)");
    }
}
