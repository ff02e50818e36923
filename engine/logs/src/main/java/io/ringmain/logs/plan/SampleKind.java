package io.ringmain.logs.plan;

import io.ringmain.logs.LogEvent;
import io.ringmain.logs.step.Sample;
import io.ringmain.spi.Stage;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code sample}. */
final class SampleKind extends StageKind {

    static final OptionSpec ONE_IN = OptionSpec.of(
                    "one_in", OptionType.NUMBER, "10", "Of how many events one goes on: the first, and so on.")
            .required()
            .between(1, Long.MAX_VALUE);

    private static final Pattern PERCENT = Pattern.compile("([1-9]\\d?|100) ?%");

    SampleKind() {
        super("sample", "Lets one event in so many go on, always the same ones for the same input.", List.of(ONE_IN));
    }

    /** What to write instead of a share; empty if {@code text} is none. */
    static Optional<String> fromPercent(String text) {
        return Optional.of(PERCENT.matcher(text))
                .filter(Matcher::matches)
                .map(share -> "one in so many goes on; for about " + share.group() + " write "
                        + Math.round(100.0 / Integer.parseInt(share.group(1))));
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
    Stage<LogEvent> stage(Part part, Site site) {
        return new Sample(part.options().number(ONE_IN));
    }

    @Override
    boolean remembers() {
        return true;
    }
}
