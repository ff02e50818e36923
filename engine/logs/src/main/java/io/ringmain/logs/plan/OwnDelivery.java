package io.ringmain.logs.plan;

import io.ringmain.config.Batching;
import io.ringmain.config.Breaker;
import io.ringmain.config.Delivery;
import io.ringmain.config.Edge;
import io.ringmain.config.WhenFailed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a plan says about how a sink is given its events: its batches, its breaker and what becomes of those that fail. */
public final class OwnDelivery {

    private static final OptionSpec COUNT = OptionSpec.of(
                    "count", OptionType.NUMBER, "100", "How many events are written at a time at most.")
            .defaulting(Integer.toString(Batching.DEFAULT.countMax()))
            .between(1, Edge.BOUND_DEFAULT);

    private static final OptionSpec WAIT = OptionSpec.of(
                    "wait", OptionType.DURATION, "1s", "How long the first of them waits for others at most.")
            .defaulting("0s");

    /** The options of a batch. */
    static final List<OptionSpec> OF_BATCH = List.of(COUNT, WAIT);

    private static final OptionSpec AFTER = OptionSpec.of(
                    "after", OptionType.NUMBER, "5", "After how many failed attempts in a row.")
            .defaulting(Integer.toString(Breaker.AFTER_DEFAULT))
            .between(1, Integer.MAX_VALUE);

    private static final OptionSpec PAUSE = OptionSpec.of(
                    "pause", OptionType.DURATION, "1s", "How long until it is asked again; twice as long each time.")
            .defaulting("1s")
            .between(1, Duration.ofHours(1).toNanos());

    private static final OptionSpec CAP = OptionSpec.of(
                    "cap", OptionType.DURATION, "1m", "The longest of all pauses, at least pause; 1m if not said.")
            .between(1, Duration.ofHours(1).toNanos());

    /** The options of a breaker. */
    static final List<OptionSpec> OF_BREAKER = List.of(AFTER, PAUSE, CAP);

    private OwnDelivery() {}

    /** Checks what the options of a sink say together. */
    static void check(Scope scope, Problems problems) {
        Options options = scope.options();
        if (scope.usable(SinkKind.BREAKER)) {
            options.group(SinkKind.BREAKER)
                    .filter(breaker -> cap(breaker).compareTo(breaker.duration(PAUSE)) < 0)
                    .ifPresent(breaker -> problems.add(
                            breaker.mark(CAP),
                            breaker.path(CAP),
                            breaker.text(CAP) + " (expected: at least pause, "
                                    + Amount.text(OptionType.DURATION, breaker.number(PAUSE)) + ')',
                            "the first pause would be longer than the longest"));
        }
        if (scope.usable(SinkKind.BATCH) && scope.usable(SinkKind.BOUND)) {
            options.group(SinkKind.BATCH)
                    .filter(batch -> batch.number(COUNT) > options.number(SinkKind.BOUND))
                    .ifPresent(batch -> problems.add(
                            batch.mark(COUNT),
                            batch.path(COUNT),
                            batch.text(COUNT) + " (expected: at most bound, " + options.number(SinkKind.BOUND) + ')',
                            "no more than that wait for the sink; raise bound"));
        }
    }

    private static Duration cap(Options breaker) {
        Duration pause = breaker.duration(PAUSE);
        Duration byDefault = Breaker.DEFAULT.cap();
        if (breaker.has(CAP)) {
            return breaker.duration(CAP);
        }
        return pause.compareTo(byDefault) > 0 ? pause : byDefault;
    }

    /** Returns the batches of {@code sink}, a part of a checked plan, none larger than {@code countMax}. */
    static Batching batching(Part sink, int countMax) {
        return sink.options()
                .group(SinkKind.BATCH)
                .map(batch -> Batching.of((int) Math.min(countMax, batch.number(COUNT)), batch.duration(WAIT)))
                .orElse(Batching.DEFAULT);
    }

    /** Returns the breaker of {@code sink}, a part of a checked plan; empty if it has none. */
    public static Optional<Breaker> breaker(Part sink) {
        return sink.kind().role() == Role.SINK
                ? sink.options()
                        .group(SinkKind.BREAKER)
                        .map(breaker ->
                                Breaker.after((int) breaker.number(AFTER), breaker.duration(PAUSE), cap(breaker)))
                : Optional.empty();
    }

    /** Returns the policy of {@code sink} for events that fail there; empty if the pipeline's holds, or what the plan says of it is wrong. */
    public static Optional<WhenFailed> whenFailed(Part sink) {
        return sink.kind().role() == Role.SINK
                ? FateReader.read(SinkKind.WHEN_FAILED, sink.options())
                : Optional.empty();
    }

    /** Whether {@code sink} keeps dead letters by a policy of its own, or was perhaps meant to. */
    static boolean mayBury(Part sink) {
        return sink.options().has(SinkKind.WHEN_FAILED)
                && whenFailed(sink).map(WhenFailed::buries).orElse(true);
    }

    /** Returns how {@code sink}, a part of a checked plan, is given its events, but for a ring of its own. */
    static Delivery of(Part sink, int countMax) {
        Delivery delivery = Delivery.of(batching(sink, countMax));
        Delivery guarded = breaker(sink).map(delivery::breaker).orElse(delivery);
        return whenFailed(sink).map(guarded::whenFailed).orElse(guarded);
    }
}
