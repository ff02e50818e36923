package io.ringmain.logs.plan;

import io.ringmain.config.Edge;
import io.ringmain.logs.LogEvent;
import io.ringmain.spi.Sink;
import java.util.List;
import java.util.stream.Stream;

/**
 * A kind of sink. All have {@link #AFTER}, {@link #WHERE}, {@link #WHEN_FULL}, {@link #BOUND}, {@link #BATCH},
 * {@link #BREAKER} and {@link #WHEN_FAILED}, which the plan itself takes care of.
 */
abstract non-sealed class SinkKind extends Kind {

    /** Which step's events the sink is given. */
    static final OptionSpec AFTER = OptionSpec.of(
            "after",
            OptionType.TEXT,
            "parse",
            "The step whose events it is given, by name; without it what leaves the last step. window.late: the events that"
                    + " come too late for the step window.");

    /** Which of them it takes. */
    static final OptionSpec WHERE = OptionSpec.of(
            "where",
            OptionType.CONDITION,
            "status >= 500",
            "The events that it takes; without it all. The others are not lost for other sinks.");

    /** What it does to others when it is slow. */
    static final OptionSpec WHEN_FULL = OptionSpec.policy(
            "when_full",
            Overflow.OF_EVENTS,
            "Gives it a ring of its own, so that it holds others back later or never, and says what happens to events that"
                    + " find that ring full; without it there is none.");

    /** How much waits for it. */
    static final OptionSpec BOUND = OptionSpec.of(
                    "bound", OptionType.NUMBER, "1024", "How many events wait for it at most; beside when_full.")
            .defaulting(Integer.toString(Edge.BOUND_DEFAULT))
            .between(1, 1 << 16);

    /** How many events it is given at a time. */
    static final OptionSpec BATCH = OptionSpec.group(
            "batch", OwnDelivery.OF_BATCH, "How events are gathered for it; without it what is there, at most 256.");

    /** When it is left alone. */
    static final OptionSpec BREAKER = OptionSpec.group(
            "breaker",
            OwnDelivery.OF_BREAKER,
            "Leaves it alone when it does not answer, and asks it again after a pause; without it it is called again and again.");

    /** What becomes of what it could not take. */
    static final OptionSpec WHEN_FAILED = OptionSpec.fate(
            "when_failed",
            "What happens to events that it could not take; without it what the plan's when_failed says.");

    SinkKind(String name, String sentence, List<OptionSpec> options) {
        super(
                Role.SINK,
                name,
                sentence,
                Stream.concat(options.stream(), Stream.of(AFTER, WHERE, WHEN_FULL, BOUND, BATCH, BREAKER, WHEN_FAILED))
                        .toList());
    }

    /** Makes the sink that {@code part} describes; nothing is opened yet. */
    abstract Sink<LogEvent> sink(Part part, Site site);
}
