package io.ringmain.perf.work;

import com.lmax.disruptor.EventHandler;
import io.ringmain.spi.Stage;

/** The second stage: a filter that keeps every event, but must look at each to know. */
public final class Keep implements Stage<Cell>, EventHandler<Cell> {

    private long refused;

    @Override
    public boolean process(Cell cell) {
        return cell.value != Long.MIN_VALUE;
    }

    @Override
    public void onEvent(Cell cell, long sequence, boolean endOfBatch) {
        if (!process(cell)) {
            refused++;
        }
    }

    /** How many events the raw side would have had to mark; 0. */
    public long refused() {
        return refused;
    }
}
