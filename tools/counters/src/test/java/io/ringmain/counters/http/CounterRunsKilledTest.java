package io.ringmain.counters.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.Checkpointing;
import io.ringmain.counters.Counter;
import io.ringmain.counters.CounterLimits;
import io.ringmain.counters.Counters;
import io.ringmain.counters.DurableCounters;
import io.ringmain.spi.CheckpointStore;
import io.ringmain.spi.Journal;
import io.ringmain.spi.JournalFoot;
import io.ringmain.spi.JournalHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a kill leaves at each step from one run to the next: nothing that was answered is lost, and nothing is done twice. */
@Timeout(120)
class CounterRunsKilledTest {

    private static final Duration NEVER = Duration.ofDays(1);
    private static final int RUNS = 6;
    // So many are not dropped at first, so that there is much to drop then.
    private static final int KEPT_RUNS = 3;
    private static final String WISH = "after the wish to forget";

    @TempDir
    private Path folder;

    private Path directory = Path.of("");
    private final List<Photo> photos = new ArrayList<>();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicInteger begun = new AtomicInteger();

    /** What the disk had at a step, and between what the counter was then. */
    private record Photo(String step, Path path, long least, long most) {}

    @Test
    void aKillAtAnyStepFromRunToRunLosesNothing() throws IOException {
        directory = folder.resolve("counters");
        DurableCounters files = CounterFiles.in(directory, NEVER);
        var watched = new DurableCounters(
                new Watched(files.journal()),
                new WatchedPast(files.past()),
                new Checkpointing(new WatchedStore(files.checkpointing().store()), NEVER));
        try (Counters counters =
                Counters.singleWriter(CounterLimits.DEFAULT, watched.runBytesMax(DurableCounters.RUN_BYTES_MIN))) {
            Counter counter = counters.counter("a");
            while (begun.get() < RUNS) {
                counter.increment();
                answered.incrementAndGet();
            }
        }
        photograph("after the end");

        assertThat(photos).hasSizeGreaterThan(RUNS * 6);
        for (Photo photo : List.copyOf(photos)) {
            assertKept(photo);
        }
    }

    /** Some of what {@code photo} has was dropped, oldest first, and not all that could be. */
    private void photographHalfDropped(Photo photo) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(photo.path.resolve("journal"))) {
            files = all.filter(file -> file.toString().endsWith(".cq4"))
                    .sorted()
                    .toList();
        }
        for (int gone = 1; gone < files.size(); gone++) {
            Path half = folder.resolve("photo-" + photos.size());
            copy(photo.path, "journal", half);
            copy(photo.path, "checkpoint", half);
            for (Path file : files.subList(0, gone)) {
                Files.delete(half.resolve("journal").resolve(file.getFileName()));
            }
            photos.add(new Photo(photo.step + ", " + gone + " gone", half, photo.least, photo.most));
        }
    }

    private static void assertKept(Photo photo) throws IOException {
        try (Counters counters = Counters.singleWriter(CounterLimits.DEFAULT, CounterFiles.in(photo.path, NEVER))) {
            assertThat(counters.snapshot().getOrDefault("a", 0L))
                    .as("%s", photo)
                    .isBetween(photo.least, photo.most);
        }
    }

    private synchronized void photograph(String step) {
        try {
            long least = answered.get();
            Path photo = folder.resolve("photo-" + photos.size());
            // The journal first: what a checkpoint has meanwhile is then behind it.
            copy(directory, "journal", photo);
            copy(directory, "checkpoint", photo);
            var taken = new Photo(step + " of run " + begun, photo, least, answered.get() + 1);
            photos.add(taken);
            if (step.equals(WISH)) {
                photographHalfDropped(taken);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void copy(Path directory, String part, Path to) throws IOException {
        Path from = directory.resolve(part);
        Files.createDirectories(to.resolve(part));
        if (Files.isDirectory(from)) {
            try (Stream<Path> all = Files.list(from)) {
                for (Path file : all.toList()) {
                    copyIfThere(file, to.resolve(part).resolve(file.getFileName()));
                }
            }
        }
    }

    private static void copyIfThere(Path file, Path to) throws IOException {
        try {
            Files.copy(file, to);
        } catch (NoSuchFileException dropped) {
            // Meanwhile; a kill would have left it so, too.
        }
    }

    /** A journal that is photographed. */
    private final class Watched implements Journal {

        private final Journal journal;

        Watched(Journal journal) {
            this.journal = journal;
        }

        @Override
        public void open(JournalHead head) throws Exception {
            photograph("before the begin");
            journal.open(head);
            begun.incrementAndGet();
            photograph("after the begin");
        }

        @Override
        public boolean append(byte[] block, int length) throws Exception {
            return journal.append(block, length);
        }

        @Override
        public void flush() throws Exception {
            journal.flush();
        }

        @Override
        public void close(JournalFoot foot) throws Exception {
            photograph("before the close");
            journal.close(foot);
            photograph("after the close");
        }
    }

    private final class WatchedPast implements DurableCounters.Past {

        private final DurableCounters.Past past;

        WatchedPast(DurableCounters.Past past) {
            this.past = past;
        }

        @Override
        public void each(DurableCounters.Visitor visitor) throws IOException {
            past.each(visitor);
        }

        @Override
        public void forget() {
            if (begun.get() > KEPT_RUNS) {
                past.forget();
            }
            photograph(WISH);
        }
    }

    private final class WatchedStore implements CheckpointStore {

        private final CheckpointStore store;

        WatchedStore(@Nullable CheckpointStore store) {
            if (store == null) {
                throw new IllegalArgumentException("no store");
            }
            this.store = store;
        }

        @Override
        public void open() throws IOException {
            store.open();
        }

        @Override
        public byte @Nullable [] read() throws IOException {
            return store.read();
        }

        @Override
        public void write(byte[] checkpoint) throws IOException {
            photograph("before the checkpoint");
            store.write(checkpoint);
            photograph("after the checkpoint");
        }

        @Override
        public void close() throws IOException {
            store.close();
        }
    }
}
