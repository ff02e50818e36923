package io.ringmain.logs.plan;

import io.ringmain.logs.LogEvent;
import io.ringmain.logs.file.LineSettings;
import io.ringmain.spi.Source;
import java.util.List;
import java.util.stream.Stream;

/** A kind of source. All have {@link #WHEN_FULL} and {@link #DISORDER}, which the plan itself takes care of. */
abstract non-sealed class SourceKind extends Kind {

    /** What a full ring does to its events. */
    static final OptionSpec WHEN_FULL = OptionSpec.policy(
            "when_full",
            Overflow.OF_SOURCES,
            "What happens to its events that find the ring full; without it what the plan says for all sources.");

    /** How far its events may be out of order. */
    static final OptionSpec DISORDER = OptionSpec.of(
                    "disorder",
                    OptionType.DURATION,
                    "5s",
                    "By how much an event may be older than one before it; a window waits so long for its last events.")
            .defaulting("0s");

    SourceKind(String name, String sentence, List<OptionSpec> options) {
        super(
                Role.SOURCE,
                name,
                sentence,
                Stream.concat(options.stream(), Stream.of(WHEN_FULL, DISORDER)).toList());
    }

    /** Makes the source that {@code part} describes, which reads lines so; nothing is opened yet. */
    abstract Source<LogEvent> source(Part part, LineSettings lines, Site site);
}
