package io.ringmain.logs.plan;

import io.ringmain.logs.LogEvent;
import io.ringmain.spi.Sink;
import java.util.List;
import java.util.stream.Stream;

/** A kind of sink. All have {@link #AFTER} and {@link #WHERE}, which the plan itself takes care of. */
abstract non-sealed class SinkKind extends Kind {

    /** Which step's events the sink is given. */
    static final OptionSpec AFTER = OptionSpec.of(
            "after",
            OptionType.TEXT,
            "parse",
            "The step whose events it is given, by name; without it what leaves the last step.");

    /** Which of them it takes. */
    static final OptionSpec WHERE = OptionSpec.of(
            "where",
            OptionType.CONDITION,
            "status >= 500",
            "The events that it takes; without it all. The others are not lost for other sinks.");

    SinkKind(String name, String sentence, List<OptionSpec> options) {
        super(
                Role.SINK,
                name,
                sentence,
                Stream.concat(options.stream(), Stream.of(AFTER, WHERE)).toList());
    }

    /** Makes the sink that {@code part} describes; nothing is opened yet. */
    abstract Sink<LogEvent> sink(Part part, Site site);
}
