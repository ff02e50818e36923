package io.ringmain.perf.allocation;

import io.ringmain.perf.work.Cell;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Portable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Numbers that can leave the process. */
final class PortableCell implements Portable<Cell> {

    private static final EventType<Cell> TYPE = Cell.type();

    @Override
    public Cell create() {
        return TYPE.create();
    }

    @Override
    public void clear(Cell event) {
        TYPE.clear(event);
    }

    @Override
    public void copy(Cell from, Cell to) {
        TYPE.copy(from, to);
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
