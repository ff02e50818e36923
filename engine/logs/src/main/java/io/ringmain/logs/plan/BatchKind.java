package io.ringmain.logs.plan;

import io.ringmain.PipelineBuilder;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import io.ringmain.logs.step.LineBatcher;
import io.ringmain.window.BatchLimits;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** {@code batch}: several events as one. */
final class BatchKind extends StepKind {

    private static final OptionSpec COUNT = OptionSpec.of(
                    "count", OptionType.NUMBER, "100", "How many events a batch has at most.")
            .between(1, Long.MAX_VALUE);

    private static final OptionSpec BYTES = OptionSpec.of(
                    "bytes",
                    OptionType.SIZE,
                    "64KiB",
                    "How many bytes its line has at most, with a newline between two events; never more than 1 MiB.")
            .between(1, LogEvent.LINE_BYTES_MAX);

    private static final OptionSpec TIME = OptionSpec.of(
                    "time", OptionType.DURATION, "1s", "How long its first event waits for others.")
            .between(TimeUnit.MILLISECONDS.toNanos(1), TimeUnit.DAYS.toNanos(365));

    /** How many bytes the lines of batches have together that wait in a ring. */
    private static final int WAITING_BYTES_MAX = 16 * LogEvent.LINE_BYTES_MAX;

    private static final int WAITING_MAX = 1024;

    BatchKind() {
        super(
                "batch",
                "Joins the lines of events into one event, which is given when it has enough events or bytes, or when its first one has waited long enough; what follows sees the batches only.",
                List.of(COUNT, BYTES, TIME));
    }

    @Override
    public String example() {
        return "- batch: {count: 100, time: 1s}";
    }

    @Override
    boolean givesResults() {
        return true;
    }

    @Override
    OptionalInt bound(Part part) {
        return OptionalInt.of((int) Math.min(WAITING_MAX, WAITING_BYTES_MAX / bytes(part.options())));
    }

    private static long bytes(Options options) {
        return options.has(BYTES) ? options.number(BYTES) : LogEvent.LINE_BYTES_MAX;
    }

    @Override
    Schema check(Scope scope) {
        Options options = scope.options();
        if (!options.has(COUNT) && !options.has(BYTES) && !options.has(TIME)) {
            scope.problem("nothing that ends a batch (expected: count, bytes or time)", "such as count: 100");
        }
        return LineBatcher.batches();
    }

    @Override
    PipelineBuilder<LogEvent, LogEvent> add(PipelineBuilder<LogEvent, LogEvent> builder, Part part, Site site) {
        Options options = part.options();
        var limits = new BatchLimits(
                options.has(COUNT) ? options.number(COUNT) : Long.MAX_VALUE,
                bytes(options),
                options.has(TIME) ? options.duration(TIME) : BatchLimits.FOR_EVER);
        return builder.into(part.name(), LogEvent.TYPE, new LineBatcher(site.keys(), limits));
    }
}
