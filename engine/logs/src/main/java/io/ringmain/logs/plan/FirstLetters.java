package io.ringmain.logs.plan;

import io.ringmain.spi.DeadLetters;
import io.ringmain.spi.FailedEvent;
import io.ringmain.spi.MemoryDeadLetters;

/**
 * Takes all dead letters and keeps the first: a run that is repeated has as many as there were on disk, and they are there still.
 *
 * <p>Thread: as {@link DeadLetters}.
 */
final class FirstLetters implements DeadLetters {

    private final MemoryDeadLetters first;

    FirstLetters(MemoryDeadLetters first) {
        this.first = first;
    }

    @Override
    public boolean add(FailedEvent<?> failed) {
        // What finds no room is counted by the stage that it failed at.
        first.add(failed);
        return true;
    }

    @Override
    public long count() {
        return first.count();
    }
}
