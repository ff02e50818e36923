package io.ringmain.logs.plan;

import io.ringmain.logs.LogEvent;
import io.ringmain.logs.file.LineSettings;
import io.ringmain.spi.Source;
import java.util.List;
import java.util.stream.Stream;

/** A kind of source. All have {@link #WHEN_FULL}, which the plan itself takes care of. */
abstract non-sealed class SourceKind extends Kind {

    /** What a full ring does to its events. */
    static final OptionSpec WHEN_FULL = OptionSpec.policy(
            "when_full",
            Overflow.OF_SOURCES,
            "What happens to its events that find the ring full; without it what the plan says for all sources.");

    SourceKind(String name, String sentence, List<OptionSpec> options) {
        super(
                Role.SOURCE,
                name,
                sentence,
                Stream.concat(options.stream(), Stream.of(WHEN_FULL)).toList());
    }

    /** Makes the source that {@code part} describes, which reads lines so; nothing is opened yet. */
    abstract Source<LogEvent> source(Part part, LineSettings lines, Site site);
}
