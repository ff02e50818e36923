package io.ringmain.images;

import io.ringmain.images.Outcome.Status;
import io.ringmain.spi.Batch;
import io.ringmain.spi.FailedEvent;
import io.ringmain.spi.Sink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What became of each picture: those that were written come to the sink, of those that failed the dead letters tell.
 *
 * <p>Thread: any.
 */
public final class Outcomes implements Sink<ImageSlot> {

    private final Object lock = new Object();
    private final List<Outcome> all = new ArrayList<>();
    private final Map<Status, Integer> counts = new EnumMap<>(Status.class);

    @Override
    public void write(Batch<ImageSlot> batch) {
        for (int i = 0; i < batch.size(); i++) {
            add(batch.event(i).outcome());
        }
    }

    @Override
    public boolean blocking() {
        return false;
    }

    /** Takes what came of a picture that is a dead letter now. */
    void failed(FailedEvent<?> failed) {
        add(((ImageSlot) failed.event()).failed(failed.reason(), failed.message()));
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
            return all.stream()
                    .sorted(Comparator.comparingInt(outcome -> outcome.task().id()))
                    .toList();
        }
    }
}
