package io.ringmain.perf.allocation;

import io.ringmain.Pipeline;
import io.ringmain.PipelineBuilder;
import io.ringmain.config.WhenFailed;
import io.ringmain.logs.FieldType;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.file.Bytes;
import io.ringmain.logs.file.FileSource;
import io.ringmain.logs.file.LineSettings;
import io.ringmain.logs.step.Aggregate;
import io.ringmain.logs.step.Filter;
import io.ringmain.perf.logs.Enrich;
import io.ringmain.perf.logs.Job;
import io.ringmain.perf.logs.MadeLines;
import io.ringmain.spi.Stage;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Log lines on a path of logs: the lines of all runs stand in one file, and {@link Portions} gives those of a run at a time. */
final class LogTrack implements Track {

    private static final long SEED = 42;
    private static final int BLOCK_BYTES = 1 << 16;
    private static final String MARK = "mark";

    private final LogPath path;
    private final Job job;
    private final Path folder;
    private final Keys keys = new Keys();
    private final int mark = keys.id(MARK);
    private final Arrival<LogEvent> arrival =
            new Arrival<>(event -> event.fields().indexOf(mark) >= 0);
    private @Nullable OutputStream screen;

    /** Makes the file, with lines for runs of {@code events}. */
    LogTrack(LogPath path, long events) {
        this.path = path;
        job = Job.ofMade(path.format());
        try {
            folder = Files.createTempDirectory("ringmain-perf-");
            makeLines(events * Allocation.RUNS_MAX);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void makeLines(long count) throws IOException {
        MadeLines lines = new MadeLines(path.format(), SEED);
        Bytes block = new Bytes();
        try (OutputStream out = Files.newOutputStream(folder.resolve("in"))) {
            for (long i = 0; i < count; i++) {
                lines.put(block);
                if (block.length() >= BLOCK_BYTES || i == count - 1) {
                    out.write(block.array(), 0, block.length());
                    block.clear();
                }
            }
        }
    }

    @Override
    public Pipeline<?> build(String name, Course course) {
        FileSource file = new FileSource(List.of(folder.resolve("in").toString()), LineSettings.of("in"));
        try {
            PipelineBuilder<LogEvent, LogEvent> lines = Pipeline.of(name, LogEvent.TYPE)
                    .source("in", new Portions(file, course, mark))
                    .whenFailed(WhenFailed.stop());
            PipelineBuilder<LogEvent, LogEvent> wanted =
                    path.parse(lines, () -> job.parse(keys)).striped("filter", this::filter);
            return path.end(path.enrich(wanted, () -> Enrich.stage(job.format(), keys), keys), this)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the mark pass, whatever else is in its line. */
    private Stage<LogEvent> filter() {
        String condition = '(' + job.condition() + ") or exists(" + MARK + ')';
        return new Filter(Job.compile(condition, job.schema().with(MARK, FieldType.BOOLEAN), keys));
    }

    /** The names of the fields. */
    Keys keys() {
        return keys;
    }

    /** Where the events arrive. */
    Arrival<LogEvent> arrival() {
        return arrival;
    }

    /** What counts the events. */
    Aggregate aggregate() {
        return job.aggregate(keys);
    }

    /** Where files may be written, until the track is closed. */
    Path folder() {
        return folder;
    }

    /** A file in place of standard output, which stays open until the track is closed. */
    OutputStream screen() throws IOException {
        OutputStream opened = new FileOutputStream(folder.resolve("screen").toFile());
        screen = opened;
        return opened;
    }

    @Override
    public void give() {
        // The source looks by itself.
    }

    @Override
    public void giveAgain() {
        // Nothing is dropped on the way.
    }

    @Override
    public long marks() {
        return arrival.marks();
    }

    @Override
    public void close() throws IOException {
        if (screen != null) {
            screen.close();
        }
        List<Path> left = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.forEach(left::add);
        }
        Collections.reverse(left);
        for (Path each : left) {
            Files.delete(each);
        }
    }
}
