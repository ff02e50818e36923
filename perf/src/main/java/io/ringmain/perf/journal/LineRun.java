package io.ringmain.perf.journal;

import io.ringmain.Pipeline;
import io.ringmain.PipelineBuilder;
import io.ringmain.Report;
import io.ringmain.config.WhenFailed;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.NamedType;
import io.ringmain.perf.logs.Job;
import io.ringmain.spi.Digest;
import io.ringmain.spi.DigestSink;
import io.ringmain.spi.Journal;
import io.ringmain.spi.Source;
import java.util.function.UnaryOperator;

/** A run over log lines: they are parsed by a pool, filtered and counted; its results are digests. */
final class LineRun {

    private final Job job;
    private final int workers;

    LineRun(Job job, int workers) {
        this.job = job;
        this.workers = workers;
    }

    /**
     * What came out.
     *
     * @param kept of the lines that the filter kept, in order
     * @param rows of the rows that were counted
     * @param events how many lines there were
     */
    record Result(Digest kept, Digest rows, long events) {

        /** One number of all of it. */
        long hash() {
            return hashCode();
        }
    }

    /** Runs over what {@code source} gives. */
    Result of(Source<LogEvent> source) {
        return run(source, builder -> builder);
    }

    /** Runs over what {@code source} gives, and keeps it in {@code journal}. */
    Result keeping(Source<LogEvent> source, Journal journal) {
        return run(source, builder -> builder.journal(journal));
    }

    /** Runs, told by {@code how} what to keep or to replay; {@code source} is not asked in a replay. */
    Result run(Source<LogEvent> source, UnaryOperator<PipelineBuilder<LogEvent, LogEvent>> how) {
        Keys keys = new Keys();
        var type = new NamedType(keys);
        var kept = new DigestSink<LogEvent>(type);
        var rows = new DigestSink<LogEvent>(type);
        PipelineBuilder<LogEvent, LogEvent> builder = Pipeline.of("lines", LogEvent.TYPE)
                .source("lines", source)
                .pool("parse", workers, workers, () -> job.parse(keys))
                .stage("filter", job.filter(keys))
                .sink("kept", kept)
                .into("count", LogEvent.TYPE, job.aggregate(keys))
                .sink("rows", rows)
                .whenFailed(WhenFailed.stop());
        Report report;
        try (Pipeline<LogEvent> pipeline = how.apply(builder).build()) {
            report = pipeline.start().await();
        }
        if (!report.succeeded() || !report.accounts().balanced()) {
            throw new IllegalStateException("report: " + report + " (expected: succeeded and balanced)");
        }
        return new Result(kept.digest(), rows.digest(), report.accounts().received());
    }
}
