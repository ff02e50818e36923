package io.ringmain.perf.allocation;

import io.ringmain.perf.work.Cell;
import io.ringmain.spi.Batch;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Transform;
import java.util.concurrent.locks.LockSupport;

/**
 * The end of a path: sees events go by until the mark, which is the last of a run.
 *
 * <p>Thread: a lane passes the events; another thread asks.
 */
final class Arrival implements Transform<Cell> {

    /** The number of the event that ends a run. */
    static final long MARK = Long.MAX_VALUE;

    private static final long SLOW_NS = 20_000;

    private long others;
    private volatile long marks;

    @Override
    public void apply(Cell cell) {
        if (cell.value == MARK) {
            // One thread writes; the others must see it.
            long before = marks;
            marks = before + 1;
        } else {
            others++;
        }
    }

    /** How many marks have come. */
    long marks() {
        return marks;
    }

    /** How many other events have come; for nobody but the JIT, which must not leave them out. */
    long others() {
        return others;
    }

    /** Returns a sink with a thread of its own, as one that writes to a device has. */
    Sink<Cell> blocking() {
        return this::take;
    }

    /** Returns a sink that is so slow that a small ring before it is always full. */
    Sink<Cell> slow() {
        return batch -> {
            LockSupport.parkNanos(SLOW_NS);
            take(batch);
        };
    }

    private void take(Batch<Cell> batch) {
        for (int i = 0; i < batch.size(); i++) {
            apply(batch.event(i));
        }
    }
}
