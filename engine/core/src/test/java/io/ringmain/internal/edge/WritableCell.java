package io.ringmain.internal.edge;

import io.ringmain.kit.Cell;
import io.ringmain.spi.Portable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Cells that can be written; the number only. */
final class WritableCell implements Portable<Cell> {

    @Override
    public Cell create() {
        return Cell.TYPE.create();
    }

    @Override
    public void clear(Cell event) {
        Cell.TYPE.clear(event);
    }

    @Override
    public void copy(Cell from, Cell to) {
        Cell.TYPE.copy(from, to);
    }

    @Override
    public int format() {
        return 1;
    }

    @Override
    public void write(Cell event, DataOutput out) throws IOException {
        out.writeLong(event.value);
    }

    @Override
    public void read(Cell event, DataInput in, int format) throws IOException {
        event.value = in.readLong();
    }
}
