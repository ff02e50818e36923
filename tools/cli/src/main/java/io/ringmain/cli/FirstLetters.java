package io.ringmain.cli;

import io.ringmain.spi.DeadLetter;
import io.ringmain.spi.DeadLetters;
import io.ringmain.spi.FailedEvent;
import java.util.ArrayList;
import java.util.List;

/** Counts all dead letters and keeps the first few, to be shown: a demo has nobody to replay the others for. */
final class FirstLetters implements DeadLetters {

    private final Object lock = new Object();
    private final int keepMax;
    private final List<DeadLetter> first = new ArrayList<>();
    private long count;

    FirstLetters(int keepMax) {
        this.keepMax = keepMax;
    }

    @Override
    public boolean add(FailedEvent<?> failed) {
        synchronized (lock) {
            count++;
            if (first.size() < keepMax) {
                first.add(failed.toLetter());
            }
            return true;
        }
    }

    @Override
    public long count() {
        synchronized (lock) {
            return count;
        }
    }

    List<DeadLetter> first() {
        synchronized (lock) {
            return List.copyOf(first);
        }
    }
}
