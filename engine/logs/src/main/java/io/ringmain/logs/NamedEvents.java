package io.ringmain.logs;

import static java.util.Objects.requireNonNull;

import io.ringmain.spi.LetterCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Writes log events with the names of their fields, for who has other {@link Keys}: another run, a person. Other than {@link LogEvent#TYPE}, which writes numbers.
 *
 * <pre>
 *   what LogEvent.TYPE writes: the length of the line, the line, …   │ fields: 2 bytes │ per field: length of its name: 2 bytes, name, UTF-8
 * </pre>
 *
 * <p>The raw input is the line. Thread: as {@link LetterCodec}. Writing allocates nothing.
 */
public final class NamedEvents implements LetterCodec<LogEvent> {

    private static final int FORMAT = 1;

    private final Keys keys;

    /** Writes and reads events whose fields have the names in {@code keys}. */
    public NamedEvents(Keys keys) {
        this.keys = requireNonNull(keys, "keys");
    }

    @Override
    public String name() {
        return "log";
    }

    @Override
    public int format() {
        return FORMAT;
    }

    @Override
    public void write(LogEvent event, DataOutput out) throws IOException {
        LogEvent.TYPE.write(event, out);
        Fields fields = event.fields();
        out.writeShort(fields.count());
        for (int i = 0; i < fields.count(); i++) {
            Text name = keys.text(fields.key(i));
            out.writeShort(name.length());
            out.write(name.bytes(), 0, name.length());
        }
    }

    @Override
    public void read(LogEvent event, DataInput in, int format) throws IOException {
        if (format != FORMAT) {
            throw new IOException("log event of format " + format + " (expected: " + FORMAT + ')');
        }
        LogEvent.TYPE.read(event, in, LogEvent.TYPE.format());
        Fields fields = event.fields();
        int count = in.readUnsignedShort();
        if (count != fields.count()) {
            throw new IOException(
                    "log event with " + fields.count() + " fields and " + count + " names (expected: one each)");
        }
        for (int i = 0; i < count; i++) {
            byte[] name = new byte[in.readUnsignedShort()];
            in.readFully(name);
            int key = keys.id(name, 0, name.length);
            if (key == Keys.NONE) {
                throw new IOException("log event with a field too many (expected: <= " + Keys.COUNT_MAX + " names)");
            }
            fields.nameAt(i, key);
        }
    }

    @Override
    public int payloadOffset(LogEvent event) {
        return Integer.BYTES;
    }

    @Override
    public int payloadLength(LogEvent event, int written) {
        return event.lineLength();
    }
}
