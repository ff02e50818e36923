package io.ringmain.images;

import io.ringmain.images.ImageTask.Outcome;
import io.ringmain.images.ImageTask.Status;
import io.ringmain.spi.Batch;
import io.ringmain.spi.DeadLetters;
import io.ringmain.spi.EventType;
import io.ringmain.spi.FailedEvent;
import io.ringmain.spi.LetterSource;
import io.ringmain.spi.Sink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of each picture: those that were written come to the sink, those that failed pass on their way to the dead letters.
 *
 * <p>Thread: any.
 */
public final class Outcomes implements Sink<ImageTask> {

    private final Object lock = new Object();
    private final List<Outcome> all = new ArrayList<>();
    private final Map<Status, Integer> counts = new EnumMap<>(Status.class);

    @Override
    public void write(Batch<ImageTask> batch) {
        for (int i = 0; i < batch.size(); i++) {
            add(batch.event(i).outcome());
        }
    }

    @Override
    public boolean blocking() {
        return false;
    }

    private void add(Outcome outcome) {
        synchronized (lock) {
            all.add(outcome);
            counts.merge(outcome.status(), 1, Integer::sum);
        }
    }

    /** How many there are with that status so far. */
    public int count(Status status) {
        synchronized (lock) {
            return counts.getOrDefault(status, 0);
        }
    }

    /** How many there are so far. */
    public int count() {
        synchronized (lock) {
            return all.size();
        }
    }

    /** All so far, by their place in the run. */
    public List<Outcome> all() {
        synchronized (lock) {
            return all.stream().sorted(Comparator.comparingInt(Outcome::id)).toList();
        }
    }

    /** Returns {@code letters}, seen from here. */
    DeadLetters watching(DeadLetters letters) {
        return new Watched(letters);
    }

    private final class Watched implements DeadLetters {

        private final DeadLetters letters;

        Watched(DeadLetters letters) {
            this.letters = letters;
        }

        @Override
        public boolean add(FailedEvent<?> failed) {
            boolean isTaken = letters.add(failed);
            if (isTaken && failed.event() instanceof ImageTask task) {
                ImageTask copy = new ImageTask();
                copy.copyFrom(task);
                copy.status = Status.FAILED;
                copy.reason = failed.reason();
                copy.error = failed.message();
                Outcomes.this.add(copy.outcome());
            }
            return isTaken;
        }

        @Override
        public long count() {
            return letters.count();
        }

        @Override
        public boolean isDurable() {
            return letters.isDurable();
        }

        @Override
        public boolean keeps(EventType<?> type) {
            return letters.keeps(type);
        }

        @Override
        public long bytes() {
            return letters.bytes();
        }

        @Override
        public void open() throws Exception {
            letters.open();
        }

        @Override
        public void flush() throws IOException {
            letters.flush();
        }

        @Override
        public void close() throws Exception {
            letters.close();
        }

        @Override
        public @Nullable LetterSource retries() {
            return letters.retries();
        }
    }
}
