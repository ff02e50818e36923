package io.ringmain.logs;

import io.ringmain.spi.Portable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Log events that are written with the names of their fields, as {@link NamedEvents} does: the same bytes for equal events, whatever numbers the names have. Thread: as {@link Portable}. */
public final class NamedType implements Portable<LogEvent> {

    private final NamedEvents codec;

    /** Writes and reads events whose fields have the names in {@code keys}. */
    public NamedType(Keys keys) {
        codec = new NamedEvents(keys);
    }

    @Override
    public LogEvent create() {
        return LogEvent.TYPE.create();
    }

    @Override
    public void clear(LogEvent event) {
        LogEvent.TYPE.clear(event);
    }

    @Override
    public void copy(LogEvent from, LogEvent to) {
        LogEvent.TYPE.copy(from, to);
    }

    @Override
    public long bytes(LogEvent event) {
        return LogEvent.TYPE.bytes(event);
    }

    @Override
    public int format() {
        return codec.format();
    }

    @Override
    public void write(LogEvent event, DataOutput out) throws IOException {
        codec.write(event, out);
    }

    @Override
    public void read(LogEvent event, DataInput in, int format) throws IOException {
        codec.read(event, in, format);
    }
}
