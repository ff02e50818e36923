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

/** {@code window}: totals of each window of event time. */
final class WindowKind extends StepKind {

    private static final OptionSpec EVERY = OptionSpec.of(
                    "every", OptionType.DURATION, "1m", "How long a window is, in the time that events have.")
            .required()
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

    /** More pieces would be added up for each window, and kept for each second of disorder. */
    private static final long PANES_MAX = 10_000;

    WindowKind() {
        super(
                "window",
                "Takes events into groups for each window of event time, and gives one row for each group when the window is over; what follows sees the rows only.",
                List.of(EVERY, SLIDE, OFFSET, Totals.BY, Totals.COMPUTE, Totals.GROUPS_MAX));
    }

    @Override
    public String example() {
        return "- window: {every: 1m, by: [status], compute: {requests: count()}}";
    }

    @Override
    boolean givesResults() {
        return true;
    }

    @Override
    Schema check(Scope scope) {
        boolean sound = scope.checkTime();
        sound &= Totals.check(
                scope,
                Map.of(
                        WindowSpec.START, "says in each row when its window began",
                        WindowSpec.END, "says in each row when its window ended",
                        WindowSpec.KIND, "says of a row that it is an update, or the final one"));
        sound &= checkPlaces(scope);
        return sound ? spec(scope.options(), Window.timestamp()).rows(scope.schema()) : UnknownStep.ANYTHING;
    }

    private static boolean checkPlaces(Scope scope) {
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

    /** The specification of a checked plan. */
    private static WindowSpec spec(Options options, EventTime<LogEvent> time) {
        var windows = new Windows.Aligned(options.number(EVERY), slideNs(options), options.number(OFFSET));
        return new WindowSpec(windows, Totals.spec(options), time, Duration.ZERO);
    }

    @Override
    PipelineBuilder<LogEvent, LogEvent> add(PipelineBuilder<LogEvent, LogEvent> builder, Part part, Site site) {
        Window window = new Window(site.keys(), spec(part.options(), site.time()));
        site.findings().window(part.name(), window);
        return builder.window(part.name(), LogEvent.TYPE, window.windowing(), window);
    }
}
