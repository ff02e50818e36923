package io.ringmain.perf.work;

import com.lmax.disruptor.EventHandler;
import io.ringmain.spi.Transform;

/** The first stage: a multiplication and an addition. */
public final class Mix implements Transform<Cell>, EventHandler<Cell> {

    @Override
    public void apply(Cell cell) {
        cell.value = cell.value * 31 + 7;
    }

    @Override
    public void onEvent(Cell cell, long sequence, boolean endOfBatch) {
        apply(cell);
    }
}
