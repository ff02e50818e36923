package io.ringmain.logs.plan;

import io.ringmain.logs.LogEvent;
import io.ringmain.logs.step.Filter;
import io.ringmain.spi.Stage;
import java.util.List;
import java.util.Optional;

/** {@code filter}. */
final class FilterKind extends StageKind {

    private static final OptionSpec CONDITION = OptionSpec.of(
                    "condition", OptionType.CONDITION, "status >= 400", "What is true for the events that go on.")
            .required();

    FilterKind() {
        super(
                "filter",
                "Lets the events go on for which a condition holds; counts the others as filtered.",
                List.of(CONDITION));
    }

    @Override
    public Optional<OptionSpec> shortForm() {
        return Optional.of(CONDITION);
    }

    @Override
    public String example() {
        return "- filter: status >= 400";
    }

    @Override
    Stage<LogEvent> stage(Part part, Site site) {
        return new Filter(site.compile(part.options().text(CONDITION)));
    }
}
