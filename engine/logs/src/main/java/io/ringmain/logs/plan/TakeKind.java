package io.ringmain.logs.plan;

import io.ringmain.PipelineBuilder;
import io.ringmain.logs.LogEvent;
import java.util.List;
import java.util.Optional;

/** {@code take}. */
final class TakeKind extends StepKind {

    private static final OptionSpec COUNT = OptionSpec.of("count", OptionType.NUMBER, "100", "How many events go on.")
            .required()
            .between(1, Long.MAX_VALUE);

    TakeKind() {
        super(
                "take",
                "Lets so many events go on, then ends the input; what is on its way behind them is filtered.",
                List.of(COUNT));
    }

    @Override
    public Optional<OptionSpec> shortForm() {
        return Optional.of(COUNT);
    }

    @Override
    public String example() {
        return "- take: 100";
    }

    @Override
    PipelineBuilder<LogEvent, LogEvent> add(PipelineBuilder<LogEvent, LogEvent> builder, Part part, Site site) {
        return builder.take(part.name(), part.options().number(COUNT));
    }
}
