package io.ringmain.logs.plan;

import io.ringmain.PipelineBuilder;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.step.Sample;
import java.util.List;
import java.util.Optional;

/** {@code sample}. */
final class SampleKind extends StepKind {

    private static final OptionSpec ONE_IN = OptionSpec.of(
                    "one_in", OptionType.NUMBER, "10", "Of how many events one goes on: the first, and so on.")
            .required()
            .between(1, Long.MAX_VALUE);

    SampleKind() {
        super("sample", "Lets one event in so many go on, always the same ones for the same input.", List.of(ONE_IN));
    }

    @Override
    public Optional<OptionSpec> shortForm() {
        return Optional.of(ONE_IN);
    }

    @Override
    public String example() {
        return "- sample: 10";
    }

    @Override
    PipelineBuilder<LogEvent, LogEvent> add(PipelineBuilder<LogEvent, LogEvent> builder, Part part, Site site) {
        return builder.stage(part.name(), new Sample(part.options().number(ONE_IN)));
    }
}
