package io.ringmain.kit;

import io.ringmain.spi.EventType;

/** The event of most tests: a number and a note. */
public final class Cell {

    /** How cells are made, cleared and copied. */
    public static final EventType<Cell> TYPE = EventType.of(Cell::new, Cell::clear, Cell::copy);

    /** The number. */
    public long value;
    /** The note. */
    public String note = "";

    private void clear() {
        value = 0;
        note = "";
    }

    private static void copy(Cell from, Cell to) {
        to.value = from.value;
        to.note = from.note;
    }

    @Override
    public String toString() {
        return note.isEmpty() ? Long.toString(value) : value + ":" + note;
    }
}
