package io.ringmain.perf.chaos;

import io.ringmain.Pipeline;
import io.ringmain.config.Backoff;
import io.ringmain.config.Checkpointing;
import io.ringmain.config.Parking;
import io.ringmain.config.WhenFailed;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.file.FileSink;
import io.ringmain.logs.file.FileSource;
import io.ringmain.logs.file.LineSettings;
import io.ringmain.logs.file.LineText;
import io.ringmain.spi.Runner;
import io.ringmain.spi.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The pipeline of {@link Variant#PARKING}: a stage that fails once at every fifth line, and sets it aside. */
final class FlakyPlan {

    private static final int PLACES = 64;
    private static final int RETRIES = 5;

    private FlakyPlan() {}

    /** Reads the first file of input in {@code folder} and writes {@code parsed.log}. */
    static Pipeline<LogEvent> build(Path folder, Runner runner) {
        var keys = new Keys();
        String input = folder.resolve(Variant.input(0)).toString();
        var pauses = new Backoff(Duration.ofMillis(50), Duration.ofMillis(200));
        return Pipeline.of("parking", LogEvent.TYPE)
                .runner(runner)
                .bound(Variant.PARKING.bound().orElseThrow())
                .source("in-0", new FileSource(List.of(input), LineSettings.of("sources.in-0")))
                .throttle("throttle", (double) Variant.LINES_PER_SECOND / Variant.CLOCK_FACTOR, 20)
                .stage("flaky", new Flaky(), Parking.of(PLACES))
                .sink("parsed", new FileSink("sinks.parsed", folder.resolve("parsed.log"), new LineText(keys), false))
                .checkpoints(Checkpointing.in(folder.resolve("checkpoints")))
                .whenFailed(WhenFailed.retry(RETRIES, pauses, WhenFailed.stop()))
                .build();
    }

    /** Fails at the first attempt of some lines. A run that goes on has forgotten which. */
    private static final class Flaky implements Stage<LogEvent> {

        private static final int ONE_OF = 5;

        private final Set<String> tried = new HashSet<>();

        @Override
        public boolean process(LogEvent event) {
            String line = event.line();
            if (Math.floorMod(line.hashCode(), ONE_OF) == 0 && tried.add(line)) {
                throw new IllegalStateException("not yet");
            }
            return true;
        }
    }
}
