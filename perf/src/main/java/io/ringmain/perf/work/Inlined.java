package io.ringmain.perf.work;

import com.lmax.disruptor.EventHandler;

/** The three stages written by hand into one handler: what nobody composes from parts can reach. */
public final class Inlined implements EventHandler<Cell> {

    private final Tally tally;
    private long refused;

    /** Makes the handler that ends in {@code tally}. */
    public Inlined(Tally tally) {
        this.tally = tally;
    }

    @Override
    public void onEvent(Cell cell, long sequence, boolean endOfBatch) {
        cell.value = cell.value * 31 + 7;
        if (cell.value == Long.MIN_VALUE) {
            refused++;
            return;
        }
        tally.apply(cell);
    }

    /** How many events were not passed on; 0. */
    public long refused() {
        return refused;
    }
}
