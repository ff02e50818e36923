package io.ringmain.perf.chaos;

import io.ringmain.Pipeline;
import io.ringmain.config.Checkpointing;
import io.ringmain.config.Durability;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.journal.ChronicleDeadLetters;
import io.ringmain.journal.Keeping;
import io.ringmain.journal.LetterReader;
import io.ringmain.journal.LetterRetries;
import io.ringmain.journal.LetterState;
import io.ringmain.journal.RetryRequest;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.NamedEvents;
import io.ringmain.logs.file.FileSink;
import io.ringmain.logs.file.FileSource;
import io.ringmain.logs.file.LineSettings;
import io.ringmain.logs.file.LineText;
import io.ringmain.spi.Runner;
import io.ringmain.spi.Stage;
import io.ringmain.spi.Stateful;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/** The pipelines of {@link Variant#LETTERS} and {@link Variant#RETRIES}: a stage at which every seventh line fails, and becomes a letter on disk. */
final class LetterPlan {

    /** How often a line fails before it goes through, at most. */
    static final int FAILURES_MAX = 2;

    static final String SOURCE = "in-0";
    static final String STAGE = "picky";

    /** The file that says at the end how many lines have come through. */
    static final String TALLY = "tally.txt";

    private static final int ONE_OF = 7;

    // Small, so that there is no room soon, and files roll.
    private static final int BUFFER_BYTES = ChronicleDeadLetters.BUFFER_BYTES_MIN;
    private static final Keeping KEEPING = Keeping.full(16 << 20);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private LetterPlan() {}

    /** How often the line {@code number} fails: every seventh once, half of these once more when they come back. */
    static int failuresOf(int number) {
        if (number % ONE_OF != 0) {
            return 0;
        }
        return number / ONE_OF % 2 == 0 ? FAILURES_MAX : 1;
    }

    /** Reads the first file of input in {@code folder} and writes {@code parsed.log}, and letters to {@code letters}. */
    static Pipeline<LogEvent> build(Variant variant, Path folder, Path letters, Runner runner) {
        var keys = new Keys();
        ChronicleDeadLetters store = ChronicleDeadLetters.builder(letters)
                .durability(Durability.OS)
                .keeping(KEEPING)
                .bufferBytes(BUFFER_BYTES)
                .codec(LogEvent.TYPE, new NamedEvents(keys))
                .build();
        String input = folder.resolve(Variant.input(0)).toString();
        Pipeline<LogEvent> pipeline = Pipeline.of(variant.title(), LogEvent.TYPE)
                .runner(runner)
                .bound(variant.bound().orElseThrow())
                .source(SOURCE, new FileSource(List.of(input), LineSettings.of("sources." + SOURCE)))
                .throttle("throttle", (double) Variant.LINES_PER_SECOND / Variant.CLOCK_FACTOR, 20)
                .stage(STAGE, new Picky(keys))
                .stage("tally", new Tally(folder.resolve(TALLY)))
                .sink("parsed", new FileSink("sinks.parsed", folder.resolve("parsed.log"), new LineText(keys), false))
                .checkpoints(Checkpointing.in(folder.resolve("checkpoints")))
                .whenFailed(WhenFailed.deadLetter())
                .deadLetters(store, WhenLettersFull.BLOCK)
                .build();
        if (variant.triesAgain()) {
            askFor(letters, store.retries());
        }
        return pipeline;
    }

    /** Asks for all that is open before the pipeline starts, and again and again while it runs. */
    private static void askFor(Path letters, LetterRetries retries) {
        RetryRequest first = retries.request(open(letters));
        var asking = new Thread(
                () -> {
                    RetryRequest request = first;
                    while (true) {
                        if (request.isDone()) {
                            request = retries.request(open(letters));
                        }
                        LockSupport.parkNanos(LOOK_NS);
                    }
                },
                "asking");
        asking.setDaemon(true);
        asking.start();
    }

    private static long[] open(Path letters) {
        var ids = LongStream.builder();
        try (LetterReader reader = LetterReader.open(letters)) {
            reader.read(found -> {
                if (found.state() == LetterState.OPEN) {
                    ids.add(found.letter().id());
                }
                return true;
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return ids.build().toArray();
    }

    /** Writes on the event how often it has failed: so it fails at the same try in every life. */
    private static final class Picky implements Stage<LogEvent> {

        private final int key;

        Picky(Keys keys) {
            key = keys.id("failures");
        }

        @Override
        public boolean process(LogEvent event) {
            String line = event.line();
            int number = Integer.parseInt(line, "n=".length(), line.indexOf(' '), 10);
            int index = event.fields().indexOf(key);
            long failures = index < 0 ? 0 : event.fields().longValue(index);
            if (failures < failuresOf(number)) {
                event.fields().putLong(key, failures + 1);
                throw new IllegalStateException("not yet");
            }
            return true;
        }
    }

    /** Counts what comes through, over all lives. */
    private static final class Tally implements Stage<LogEvent>, Stateful {

        private final Path file;
        private long count;

        Tally(Path file) {
            this.file = file;
        }

        @Override
        public boolean process(LogEvent event) {
            count++;
            return true;
        }

        @Override
        public void save(DataOutput out) throws IOException {
            out.writeLong(count);
        }

        @Override
        public void load(DataInput in) throws IOException {
            count = in.readLong();
        }

        @Override
        public void close() throws IOException {
            Files.writeString(file, Long.toString(count));
        }
    }
}
