package io.ringmain.internal.counters;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A count with one writer, alone on its cache lines.
 *
 * <p>Thread: one thread adds, once per batch; any thread reads. A reader that sees a value sees everything that the writer did
 * before it added.
 */
public final class Counter {

    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

    /** Half of the padding lies before the cell, half behind: two lines each, for the adjacent-line prefetcher. */
    private static final int PADDING = 16;

    private final long[] cells = new long[2 * PADDING + 1];

    /** Adds {@code amount}. The writer only. */
    public void add(long amount) {
        CELL.setRelease(cells, PADDING, cells[PADDING] + amount);
    }

    /** The count now. */
    public long value() {
        return (long) CELL.getAcquire(cells, PADDING);
    }
}
