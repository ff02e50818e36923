package io.ringmain.logs.plan;

import io.ringmain.PipelineBuilder;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import io.ringmain.logs.step.Window;
import io.ringmain.logs.step.WindowSpec;
import io.ringmain.window.EventTime;
import io.ringmain.window.Windows;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** {@code window}: totals of each window of event time. */
final class WindowKind extends StepKind {

    private static final OptionSpec EVERY = OptionSpec.of(
                    "every",
                    OptionType.DURATION,
                    "1m",
                    "How long a window is, in the time that events have; windows are at the same places for all groups.")
            .between(1, Long.MAX_VALUE);

    private static final OptionSpec SLIDE = OptionSpec.of(
                    "slide",
                    OptionType.DURATION,
                    "10s",
                    "How long after a window the next one begins; without it, when that ends. Shorter: they overlap. Longer: what"
                            + " happens between them is in none.")
            .between(1, Long.MAX_VALUE);

    private static final OptionSpec OFFSET = OptionSpec.of(
                    "offset",
                    OptionType.DURATION,
                    "6h",
                    "How long after 1970-01-01T00:00:00Z a window begins, and with it all others.")
            .defaulting("0s");

    private static final OptionSpec GAP = OptionSpec.of(
                    "gap",
                    OptionType.DURATION,
                    "30m",
                    "A session instead: a window lasts from the first event of a group until none has come for so long.")
            .between(1, Long.MAX_VALUE);

    private static final OptionSpec COUNT = OptionSpec.of(
                    "count",
                    OptionType.NUMBER,
                    "100",
                    "A window of so many events of a group instead; time does not matter.")
            .between(1, Long.MAX_VALUE);

    private static final OptionSpec EMIT = OptionSpec.of(
            "emit",
            OptionType.TEXT,
            "10s",
            "One window of all time instead: totals of all so far, given again with so many events of a group (100), or for"
                    + " all groups with new events whenever so much time is over (10s).");

    private static final OptionSpec LATENESS = OptionSpec.of(
                    "allowed_lateness",
                    OptionType.DURATION,
                    "1m",
                    "For so long a window is kept when it has been given: an event that comes for it gives the row again, as an"
                            + " update.")
            .defaulting("0s");

    private static final OptionSpec TIME = OptionSpec.choice(
                    "time",
                    List.of("event", "processing"),
                    "Whose time: that of the events, or of the machine when they come; then none is late.")
            .defaulting("event");

    private static final OptionSpec IDLE = OptionSpec.of(
                    "idle_after",
                    OptionType.DURATION,
                    "30s",
                    "A source that has given nothing for so long is not waited for until it gives something again; without it"
                            + " all are.")
            .between(1_000_000, Long.MAX_VALUE);

    private static final OptionSpec AHEAD = OptionSpec.of(
                    "ahead_max",
                    OptionType.DURATION,
                    "1h",
                    "By how much an event may be ahead of the machine's clock; one that is further ahead fails, and closes no"
                            + " window. Without it any may.")
            .between(1_000_000, Long.MAX_VALUE);

    /** More pieces would be added up for each window, and kept for each second of disorder. */
    private static final long PANES_MAX = 10_000;

    WindowKind() {
        super(
                "window",
                "Takes events into groups for each window of event time, and gives one row for each group when the window is over; what follows sees the rows only.",
                List.of(
                        EVERY,
                        SLIDE,
                        OFFSET,
                        GAP,
                        COUNT,
                        EMIT,
                        Totals.BY,
                        Totals.COMPUTE,
                        Totals.GROUPS_MAX,
                        LATENESS,
                        TIME,
                        IDLE,
                        AHEAD));
    }

    @Override
    public String example() {
        return "- window: {every: 1m, by: [status], compute: {requests: count()}}";
    }

    @Override
    public List<Spread.Way> spreads() {
        return List.of(Spread.Way.OWN_KEYS);
    }

    @Override
    boolean givesResults() {
        return true;
    }

    @Override
    Schema check(Scope scope) {
        boolean sound = Stream.of(EVERY, SLIDE, OFFSET, GAP, COUNT, EMIT, LATENESS, TIME, IDLE, AHEAD)
                .allMatch(scope::isRight);
        sound &= checkShape(scope);
        sound &= !asksForTime(scope.options()) || scope.checkTime();
        sound &= Totals.check(
                scope,
                Map.of(
                        WindowSpec.START, "says in each row when its window began",
                        WindowSpec.END, "says in each row when its window ended",
                        WindowSpec.KIND, "says of a row that it is an update, or the final one"));
        sound &= checkPlaces(scope);
        return sound ? spec(scope.options(), Window.timestamp()).rows(scope.schema()) : UnknownStep.ANYTHING;
    }

    /** One of the four that say what a window is, and nothing that is for another. */
    private static boolean checkShape(Scope scope) {
        Options options = scope.options();
        List<OptionSpec> shapes =
                Stream.of(EVERY, GAP, COUNT, EMIT).filter(options::has).toList();
        if (shapes.isEmpty()) {
            scope.problem(
                    "nothing that says what a window is (expected: every, gap, count or emit)", "such as every: 1m");
            return false;
        }
        boolean sound = true;
        for (OptionSpec other : shapes.subList(1, shapes.size())) {
            scope.problem(
                    other,
                    "beside " + shapes.get(0).name() + " (expected: one of every, gap, count and emit)",
                    "remove one");
            sound = false;
        }
        sound &= checkEmit(scope);
        boolean hasEnds = options.has(EVERY) || options.has(GAP);
        for (OptionSpec of : List.of(SLIDE, OFFSET)) {
            sound &= checkIsFor(scope, of, options.has(EVERY), "every");
        }
        sound &= checkIsFor(scope, TIME, !isByCount(options), "every, gap or emit: 10s");
        sound &= checkIsFor(scope, LATENESS, hasEnds && !isProcessing(options), "every or gap in the time of events");
        sound &= checkIsFor(scope, IDLE, asksForTime(options), "the time of events");
        sound &= checkIsFor(scope, AHEAD, asksForTime(options), "the time of events");
        return sound;
    }

    /** Somebody who gives an option believes that it does something. */
    private static boolean checkIsFor(Scope scope, OptionSpec option, boolean isUsed, String what) {
        if (isUsed || !scope.options().has(option)) {
            return true;
        }
        scope.problem(option, "without " + what + ", which it is for (expected: nothing)", "remove it");
        return false;
    }

    private static boolean checkEmit(Scope scope) {
        if (!scope.options().has(EMIT) || trigger(scope.options()).isPresent()) {
            return true;
        }
        scope.problem(
                EMIT,
                scope.options().text(EMIT) + " (expected: a number of events, or a duration, above 0)",
                "such as 100, or 10s");
        return false;
    }

    private static Optional<Windows.Trigger> trigger(Options options) {
        String text = options.text(EMIT);
        OptionType type = text.matches("[0-9_]+") ? OptionType.NUMBER : OptionType.DURATION;
        OptionalLong amount = Amount.parse(type, text);
        if (amount.isEmpty() || amount.getAsLong() < 1) {
            return Optional.empty();
        }
        return Optional.of(
                type == OptionType.NUMBER
                        ? Windows.Trigger.count(amount.getAsLong())
                        : Windows.Trigger.every(Duration.ofNanos(amount.getAsLong())));
    }

    private static boolean isProcessing(Options options) {
        return options.text(TIME).equals("processing");
    }

    private static boolean isByCount(Options options) {
        return options.has(COUNT)
                || (options.has(EMIT)
                        && trigger(options)
                                .filter(Windows.Trigger.Count.class::isInstance)
                                .isPresent());
    }

    /** Whether an event may come too late for a window that {@code options} say. */
    static boolean hasLate(Options options) {
        return !isProcessing(options) && !options.has(COUNT) && !options.has(EMIT);
    }

    /** Whether it asks when events happened. */
    static boolean asksForTime(Options options) {
        return !isProcessing(options) && !isByCount(options);
    }

    /** Whether all groups have the same windows, as far as {@code options} say. */
    static boolean isAtFixedPlaces(Options options) {
        return Stream.of(GAP, COUNT, EMIT).noneMatch(options::has);
    }

    /** For how long a window is kept when it has been given. */
    static Duration allowedLateness(Options options) {
        return options.duration(LATENESS);
    }

    private static boolean checkPlaces(Scope scope) {
        if (!scope.options().has(EVERY)) {
            return true;
        }
        if (!scope.isRight(EVERY) || !scope.isRight(SLIDE) || !scope.isRight(OFFSET)) {
            return false;
        }
        Options options = scope.options();
        long slideNs = slideNs(options);
        String slide = Amount.text(OptionType.DURATION, slideNs);
        if (options.number(OFFSET) >= slideNs) {
            scope.problem(
                    OFFSET,
                    options.text(OFFSET) + " (expected: shorter than " + slide + ')',
                    "a window begins every " + slide + "; "
                            + Amount.text(OptionType.DURATION, options.number(OFFSET) % slideNs) + " means the same");
            return false;
        }
        long everyNs = options.number(EVERY);
        long paneNs = new Windows.Aligned(everyNs, slideNs, 0).panes().sizeNs();
        if (everyNs / paneNs > PANES_MAX) {
            scope.problem(
                    SLIDE,
                    options.text(SLIDE) + " cuts " + options.text(EVERY) + " into " + everyNs / paneNs
                            + " pieces (expected: <= " + PANES_MAX + ')',
                    "choose one that goes into " + options.text(EVERY) + " without a rest, and not so often");
            return false;
        }
        return true;
    }

    private static long slideNs(Options options) {
        return options.number(options.has(SLIDE) ? SLIDE : EVERY);
    }

    private static Windows windows(Options options) {
        if (options.has(GAP)) {
            return Windows.session(options.duration(GAP));
        }
        if (options.has(COUNT)) {
            return Windows.count(options.number(COUNT));
        }
        return options.has(EMIT)
                ? Windows.global(trigger(options).orElseThrow())
                : new Windows.Aligned(options.number(EVERY), slideNs(options), options.number(OFFSET));
    }

    /** The specification of a checked plan. */
    private static WindowSpec spec(Options options, EventTime<LogEvent> ofSources) {
        EventTime<LogEvent> time = isProcessing(options) ? EventTime.processing() : ofSources;
        if (options.has(IDLE)) {
            time = time.idleAfter(options.duration(IDLE));
        }
        if (options.has(AHEAD)) {
            time = time.aheadMax(options.duration(AHEAD));
        }
        return new WindowSpec(windows(options), Totals.spec(options), time, allowedLateness(options));
    }

    @Override
    PipelineBuilder<LogEvent, LogEvent> add(PipelineBuilder<LogEvent, LogEvent> builder, Part part, Site site) {
        Window window = new Window(site.keys(), spec(part.options(), site.time()));
        site.findings().window(part.name(), window);
        int lanes = part.spread()
                .map(spread -> (int) spread.options().number(Spread.LANES))
                .orElse(1);
        return builder.window(part.name(), LogEvent.TYPE, window.windowing().lanes(lanes), window);
    }
}
