package io.ringmain.perf.allocation;

import io.ringmain.PipelineBuilder;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.file.ConsoleSink;
import io.ringmain.logs.file.DiscardSink;
import io.ringmain.logs.file.Encoder;
import io.ringmain.logs.file.FileSink;
import io.ringmain.logs.file.JsonLine;
import io.ringmain.logs.file.LineText;
import io.ringmain.logs.file.StandardOutput;
import io.ringmain.logs.step.PartitionKey;
import io.ringmain.perf.logs.Format;
import io.ringmain.spi.Stage;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * The ways of log lines: from a file through a parser, a filter and one enricher of each kind, to what counts them or to a file. The stages
 * are those that a plan takes.
 */
public enum LogPath implements Way {
    /** Access logs with referrer and agent, counted. */
    COMBINED(Format.COMBINED),
    /** Access logs, counted. */
    COMMON(Format.COMMON),
    /** JSON, counted. */
    JSON(Format.JSON),
    /** A level and a message, counted. */
    LEVEL(Format.LEVEL),
    /** Keys and values, counted. */
    LOGFMT(Format.LOGFMT),
    /** A regular expression, counted. */
    REGEX(Format.REGEX),
    /** Parsed by a pool, and counted. */
    POOL(Format.COMBINED) {
        @Override
        PipelineBuilder<LogEvent, LogEvent> parse(
                PipelineBuilder<LogEvent, LogEvent> builder, Supplier<Stage<LogEvent>> parsers) {
            return builder.pool("parse", 2, 2, parsers);
        }
    },
    /** Enriched in lanes by key, and counted. */
    PARTITION(Format.COMBINED) {
        @Override
        PipelineBuilder<LogEvent, LogEvent> enrich(
                PipelineBuilder<LogEvent, LogEvent> builder, Supplier<Stage<LogEvent>> enrichers, Keys keys) {
            return builder.partitionBy("enrich", new PartitionKey(keys, List.of("client")), 2, enrichers);
        }
    },
    /** Into a file, line by line as they came. */
    LINES_TO_FILE(Format.COMBINED) {
        @Override
        PipelineBuilder<LogEvent, LogEvent> end(PipelineBuilder<LogEvent, LogEvent> builder, LogTrack track) {
            return builder.sink("out", track.arrival().behind(file(track, new LineText(track.keys()))));
        }
    },
    /** Into a file as JSON. */
    JSON_TO_FILE(Format.COMBINED) {
        @Override
        PipelineBuilder<LogEvent, LogEvent> end(PipelineBuilder<LogEvent, LogEvent> builder, LogTrack track) {
            return builder.sink("out", track.arrival().behind(file(track, new JsonLine(track.keys()))));
        }
    },
    /** To standard output as JSON. */
    JSON_TO_CONSOLE(Format.COMBINED) {
        @Override
        PipelineBuilder<LogEvent, LogEvent> end(PipelineBuilder<LogEvent, LogEvent> builder, LogTrack track)
                throws IOException {
            ConsoleSink console =
                    new ConsoleSink("console", new StandardOutput(track.screen(), false), new JsonLine(track.keys()));
            return builder.sink("out", track.arrival().behind(console));
        }
    };

    private static final long EVENTS_MAX = 20_000;

    private final Format format;

    LogPath(Format format) {
        this.format = format;
    }

    Format format() {
        return format;
    }

    /** Adds the parser: in stripes, if nothing else is said. */
    PipelineBuilder<LogEvent, LogEvent> parse(
            PipelineBuilder<LogEvent, LogEvent> builder, Supplier<Stage<LogEvent>> parsers) {
        return builder.striped("parse", parsers);
    }

    /** Adds the enrichers: in stripes, if nothing else is said. */
    PipelineBuilder<LogEvent, LogEvent> enrich(
            PipelineBuilder<LogEvent, LogEvent> builder, Supplier<Stage<LogEvent>> enrichers, Keys keys) {
        return builder.striped("enrich", enrichers);
    }

    /** Adds the end: what counts, if nothing else is said. */
    PipelineBuilder<LogEvent, LogEvent> end(PipelineBuilder<LogEvent, LogEvent> builder, LogTrack track)
            throws IOException {
        return builder.into("count", LogEvent.TYPE, track.arrival().behind(track.aggregate()))
                .sink("rows", new DiscardSink<>());
    }

    private static FileSink file(LogTrack track, Encoder encoder) {
        return new FileSink("out", track.folder().resolve("out"), encoder, false);
    }

    @Override
    public Course open(long events) {
        return new Course(name(), new LogTrack(this, events));
    }

    /** Its file has the lines of all runs. */
    @Override
    public long eventsMax() {
        return EVENTS_MAX;
    }
}
