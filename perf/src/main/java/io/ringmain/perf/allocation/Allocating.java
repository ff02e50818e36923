package io.ringmain.perf.allocation;

import io.ringmain.perf.work.Cell;
import io.ringmain.spi.Stage;

/** A stage of the user that allocates, to show that the gate would see it. */
final class Allocating implements Stage<Cell> {

    /** Kept, or the JIT would see that nobody needs it and not make it. */
    private Object last = this;

    @Override
    public boolean process(Cell cell) {
        last = new long[] {cell.value, last == this ? 0 : 1};
        return true;
    }
}
