package io.ringmain.perf.work;

import io.ringmain.spi.EventType;

/** The event of the comparisons: one number. */
public final class Cell {

    /** The number. */
    public long value;

    /** The event's type, with everything that an embedder would give. */
    public static EventType<Cell> type() {
        return EventType.of(Cell::new, cell -> cell.value = 0, (from, to) -> to.value = from.value);
    }
}
