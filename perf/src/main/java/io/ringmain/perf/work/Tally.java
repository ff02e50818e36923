package io.ringmain.perf.work;

import com.lmax.disruptor.EventHandler;
import io.ringmain.spi.Transform;
import java.util.concurrent.locks.LockSupport;

/**
 * The last stage: counts, and hashes the numbers in their order, so that nothing can be optimised away and a lost, doubled or
 * overtaking event shows.
 *
 * <p>Thread: one counts; another expects, before it publishes, and waits.
 */
public final class Tally implements Transform<Cell>, EventHandler<Cell> {

    private static final long LOOK_AGAIN_NS = 50_000;

    private long count;
    private long goal;
    private long hash;
    private volatile long done;

    @Override
    public void apply(Cell cell) {
        hash = hash * 31 + cell.value;
        count++;
        if (count == goal) {
            done = count;
        }
    }

    @Override
    public void onEvent(Cell cell, long sequence, boolean endOfBatch) {
        apply(cell);
    }

    /** Expects {@code events} more; before the first of them is published. */
    public void expect(long events) {
        goal += events;
    }

    /** Waits until all that was expected has been counted, without taking a core from those who count. */
    public void await() {
        while (done != goal) {
            LockSupport.parkNanos(this, LOOK_AGAIN_NS);
        }
    }

    /** The hash of what was counted. After {@link #await}. */
    public long hash() {
        return hash;
    }
}
