package io.ringmain.logs.plan;

import io.ringmain.logs.LogEvent;
import io.ringmain.logs.file.GenerateSource;
import io.ringmain.logs.file.LineSettings;
import io.ringmain.spi.Source;
import java.util.List;

/** {@code type: generate}. */
final class GenerateKind extends SourceKind {

    private static final OptionSpec COUNT = OptionSpec.of(
                    "count", OptionType.NUMBER, "1000", "How many lines; without it the source does not end.")
            .between(1, Long.MAX_VALUE);

    private static final OptionSpec RATE = OptionSpec.of(
                    "rate", OptionType.NUMBER, "500", "How many lines a second; without it as many as are taken.")
            .between(1, 1_000_000_000);

    private static final OptionSpec SEED = OptionSpec.of(
                    "seed", OptionType.NUMBER, "42", "Which lines: the same seed makes the same bytes.")
            .defaulting("1")
            .between(Long.MIN_VALUE, Long.MAX_VALUE);

    GenerateKind() {
        super("generate", "Makes lines of an access log in the combined format.", List.of(COUNT, RATE, SEED));
    }

    @Override
    public String example() {
        return "in: {type: generate, count: 1000, seed: 42}";
    }

    @Override
    Source<LogEvent> source(Part part, LineSettings lines, Site site) {
        Options options = part.options();
        GenerateSource.Amount amount = new GenerateSource.Amount(
                options.number(SEED), orUnlimited(options, COUNT), orUnlimited(options, RATE));
        return new GenerateSource(amount, site.surroundings().nanoTime(), lines);
    }

    private static long orUnlimited(Options options, OptionSpec spec) {
        return options.has(spec) ? options.number(spec) : GenerateSource.UNLIMITED;
    }
}
