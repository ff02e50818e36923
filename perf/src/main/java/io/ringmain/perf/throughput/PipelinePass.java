package io.ringmain.perf.throughput;

import io.ringmain.Pipeline;
import io.ringmain.Report;
import io.ringmain.config.WhenFailed;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.file.DiscardSink;
import io.ringmain.logs.file.FileSource;
import io.ringmain.logs.file.LineSettings;
import io.ringmain.logs.file.StandardOutput;
import io.ringmain.logs.plan.Part;
import io.ringmain.logs.plan.Plan;
import io.ringmain.logs.plan.PlanBuilder;
import io.ringmain.logs.plan.PlanPipeline;
import io.ringmain.logs.plan.StandIns;
import io.ringmain.logs.plan.Surroundings;
import io.ringmain.perf.logs.Counts;
import io.ringmain.perf.logs.Job;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Source;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

    private static final Surroundings NOWHERE = new Surroundings(
            InputStream.nullInputStream(),
            new StandardOutput(OutputStream.nullOutputStream(), false),
            "localhost",
            () -> 0,
            () -> 0);

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
        return until == Until.FRAMED ? framed() : planned();
    }

    /** By hand: a plan without steps would look at each line whether it is whole. */
    private Seen framed() {
        FileSource source = new FileSource(List.of(file.toString()), LineSettings.of("file"));
        Report done = await(Pipeline.of("throughput", LogEvent.TYPE)
                .source("file", source)
                .sink("lines", new DiscardSink<>())
                .whenFailed(WhenFailed.skip())
                .build());
        return new Seen(source.bytesRead(), done.accounts().received(), 0);
    }

    private Seen planned() {
        Taker taker = new Taker();
        PlanPipeline built = PlanPipeline.build(plan(), NOWHERE, false, taker);
        Report done = await(built.pipeline());
        long bytes = 0;
        for (Source<LogEvent> source : built.sources().values()) {
            bytes += ((FileSource) source).bytesRead();
        }
        Counts rows = taker.rows;
        report = done;
        counts = String.valueOf(rows);
        long ended = done.accounts().filtered() + 31 * done.accounts().droppedInAll();
        return new Seen(bytes, done.accounts().received(), 31 * ended + (rows == null ? 0 : rows.hash()));
    }

    private Plan plan() {
        PlanBuilder plan = Plan.builder("throughput")
                .source("file", "file", Map.of("path", file.toString()))
                .step("parse", job.format().parseOptions())
                .sink("out", "discard", Map.of())
                .whenFailed(WhenFailed.skip());
        if (until == Until.COUNTED) {
            plan.step("filter", job.condition())
                    .step("aggregate", Map.of("by", List.of(job.by()), "compute", Map.of("count", "count()")));
        }
        return plan.build();
    }

    /** Keeps what leaves the last step, if that is rows. */
    private final class Taker implements StandIns {

        private @Nullable Counts rows;

        @Override
        public Optional<Sink<LogEvent>> sink(Part part, Keys keys) {
            if (until != Until.COUNTED) {
                return Optional.empty();
            }
            Counts taken = new Counts(keys, job.by());
            rows = taken;
            return Optional.of(Sink.each(taken));
        }
    }

    private static Report await(Pipeline<LogEvent> built) {
        Report done;
        try (Pipeline<LogEvent> pipeline = built.start()) {
            done = pipeline.await();
        }
        if (!done.succeeded() || !done.accounts().balanced()) {
            throw new IllegalStateException("report: " + done + " (expected: succeeded and balanced)");
        }
        return done;
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
