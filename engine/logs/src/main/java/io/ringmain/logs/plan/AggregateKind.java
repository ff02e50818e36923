package io.ringmain.logs.plan;

import io.ringmain.PipelineBuilder;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import io.ringmain.logs.step.Aggregate;
import java.util.List;
import java.util.Map;

/** {@code aggregate}: totals of the whole run. */
final class AggregateKind extends StepKind {

    AggregateKind() {
        super(
                "aggregate",
                "Takes all events into groups, and gives one row for each at the end; what follows sees the rows only.",
                List.of(Totals.BY, Totals.COMPUTE, Totals.GROUPS_MAX));
    }

    @Override
    public String example() {
        return "- aggregate: {by: [status], compute: {requests: count()}}";
    }

    @Override
    boolean givesResults() {
        return true;
    }

    @Override
    boolean isReported() {
        return true;
    }

    @Override
    Schema check(Scope scope) {
        return Totals.check(scope, Map.of()) ? Totals.spec(scope.options()).rows(scope.schema()) : UnknownStep.ANYTHING;
    }

    @Override
    PipelineBuilder<LogEvent, LogEvent> add(PipelineBuilder<LogEvent, LogEvent> builder, Part part, Site site) {
        Aggregate aggregate = new Aggregate(site.keys(), Totals.spec(part.options()));
        return builder.into(part.name(), LogEvent.TYPE, site.findings().aggregate(part.name(), aggregate));
    }
}
