package io.ringmain.kit;

import io.ringmain.spi.Portable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** Cells that can be written, and a count of how many were ever made. */
public final class PortableCell implements Portable<Cell> {

    private final AtomicLong made = new AtomicLong();

    /** How many cells were made. */
    public long made() {
        return made.get();
    }

    @Override
    public Cell create() {
        made.incrementAndGet();
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
        out.writeUTF(event.note);
    }

    @Override
    public void read(Cell event, DataInput in, int format) throws IOException {
        event.value = in.readLong();
        event.note = in.readUTF();
    }
}
