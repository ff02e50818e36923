package io.ringmain.perf.throughput;

import io.ringmain.Pipeline;
import io.ringmain.PipelineBuilder;
import io.ringmain.Report;
import io.ringmain.config.WhenFailed;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.file.DiscardSink;
import io.ringmain.logs.file.FileSource;
import io.ringmain.logs.file.LineSettings;
import io.ringmain.perf.logs.Counts;
import io.ringmain.perf.logs.Job;
import io.ringmain.spi.Sink;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A pipeline over the file, as a plan builds it, up to some point; its time includes building and closing it. */
final class PipelinePass implements Pass {

    /** How far lines go. */
    enum Until {
        /** They are found. */
        FRAMED,
        /** They are parsed. */
        PARSED,
        /** They are parsed, filtered and counted. */
        COUNTED
    }

    private final Path file;
    private final Job job;
    private final Until until;
    private @Nullable Report report;
    private String counts = "";

    PipelinePass(Path file, Job job, Until until) {
        this.file = file;
        this.job = job;
        this.until = until;
    }

    @Override
    public String title() {
        return switch (until) {
            case FRAMED -> "framing, pipeline";
            case PARSED -> "parse " + job.format().title() + ", pipeline";
            case COUNTED -> "whole, " + job.format().title();
        };
    }

    @Override
    public Seen run() {
        Keys keys = new Keys();
        Counts rows = new Counts(keys, job.by());
        FileSource source = new FileSource(List.of(file.toString()), LineSettings.of("file"));
        Report done;
        try (Pipeline<LogEvent> pipeline = describe(source, keys, rows).build()) {
            done = pipeline.start().await();
        }
        if (!done.succeeded() || !done.accounts().balanced()) {
            throw new IllegalStateException("report: " + done + " (expected: succeeded and balanced)");
        }
        report = done;
        counts = rows.toString();
        long ended = done.accounts().filtered() + 31 * done.accounts().droppedInAll();
        return new Seen(source.bytesRead(), done.accounts().received(), 31 * ended + rows.hash());
    }

    private PipelineBuilder<LogEvent, LogEvent> describe(FileSource source, Keys keys, Counts rows) {
        PipelineBuilder<LogEvent, LogEvent> builder =
                Pipeline.of("throughput", LogEvent.TYPE).source("file", source).whenFailed(WhenFailed.skip());
        if (until == Until.FRAMED) {
            return builder.sink("lines", new DiscardSink<>());
        }
        builder.striped("parse", () -> job.parse(keys));
        if (until == Until.PARSED) {
            return builder.sink("lines", new DiscardSink<>());
        }
        return builder.striped("filter", () -> job.filter(keys))
                .into("count", LogEvent.TYPE, job.aggregate(keys))
                .sink("rows", Sink.each(rows));
    }

    /** What the last run counted. */
    String counts() {
        return counts;
    }

    /** Says where the last run's events ended. */
    String explanation() {
        Report last = report;
        if (last == null) {
            return "";
        }
        double heldMs = last.sources().stream()
                        .flatMap(source -> source.blocked().stream())
                        .mapToLong(Report.Blocked::ns)
                        .sum()
                / 1e6;
        return String.format(
                Locale.ROOT,
                "%d lines: %d counted, %d filtered, dropped %s; the source was held back for %.0f ms of %.0f ms",
                last.accounts().received(),
                last.accounts().absorbed(),
                last.accounts().filtered(),
                last.accounts().dropped(),
                heldMs,
                last.ran().toNanos() / 1e6);
    }
}
