package io.ringmain.logs.plan;

import io.ringmain.PipelineBuilder;
import io.ringmain.logs.LogEvent;
import java.util.List;
import java.util.Optional;

/** {@code throttle}. */
final class ThrottleKind extends StepKind {

    private static final OptionSpec PER_SECOND = OptionSpec.of(
                    "per_second", OptionType.NUMBER, "1000", "How many events pass in a second, in the long run.")
            .required()
            .between(1, 1_000_000_000);

    private static final OptionSpec BURST = OptionSpec.of(
                    "burst", OptionType.NUMBER, "100", "How many may pass at once after a pause.")
            .defaulting("1")
            .between(1, Integer.MAX_VALUE);

    ThrottleKind() {
        super(
                "throttle",
                "Lets events wait until they are due, so that no more than so many pass in a second; what is before it waits too.",
                List.of(PER_SECOND, BURST));
    }

    @Override
    public Optional<OptionSpec> shortForm() {
        return Optional.of(PER_SECOND);
    }

    @Override
    public String example() {
        return "- throttle: 1000";
    }

    @Override
    PipelineBuilder<LogEvent, LogEvent> add(PipelineBuilder<LogEvent, LogEvent> builder, Part part, Site site) {
        Options options = part.options();
        return builder.throttle(part.name(), (double) options.number(PER_SECOND), (int) options.number(BURST));
    }
}
