package io.ringmain.logs;

import static java.util.Objects.requireNonNull;

import io.ringmain.spi.LetterCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Log events as letters have them: fields under their names, so that another run reads them whose {@link Keys} have other numbers. The line stands first, and is
 * the payload.
 *
 * <p>Reading adds names that the keys do not have yet. Constants come back as text of the event's own.
 */
public final class NamedEvents implements LetterCodec<LogEvent> {

    private static final int FORMAT = 1;
    private static final int LINE_AT = Integer.BYTES;
    private static final int NO_LINE = -1;
    private static final int NO_LEVEL = -1;
    private static final int NAME_BYTES_MAX = 1 << 16;

    private static final int SPAN = 0;
    private static final int JSON = 1;
    private static final int TEXT = 2;
    private static final int LONG = 3;
    private static final int DOUBLE = 4;
    private static final int BOOLEAN = 5;
    private static final int TIME = 6;
    private static final int NULL = 7;

    private final Keys keys;

    /** Makes the codec of a pipeline whose fields have the names {@code keys}. */
    public NamedEvents(Keys keys) {
        this.keys = requireNonNull(keys, "keys");
    }

    /** {@code log}. */
    @Override
    public String name() {
        return "log";
    }

    @Override
    public int format() {
        return FORMAT;
    }

    @Override
    public int payloadOffset(LogEvent event) {
        return LINE_AT;
    }

    @Override
    public int payloadLength(LogEvent event, int written) {
        return event.lineLength();
    }

    @Override
    public void write(LogEvent event, DataOutput out) throws IOException {
        out.writeInt(event.hasLine() ? event.lineLength() : NO_LINE);
        out.write(event.bytes(), event.lineOffset(), event.lineLength());
        out.writeInt(event.bytesCut());
        out.writeLong(event.timeNs());
        Level level = event.level();
        out.writeByte(level == null ? NO_LEVEL : level.rank());
        Fields fields = event.fields();
        out.writeShort(fields.count());
        for (int i = 0; i < fields.count(); i++) {
            writeText(keys.text(fields.key(i)).bytes(), out);
            writeField(event, i, out);
        }
    }

    private static void writeText(byte[] text, DataOutput out) throws IOException {
        out.writeInt(text.length);
        out.write(text, 0, text.length);
    }

    private static void writeField(LogEvent event, int index, DataOutput out) throws IOException {
        Fields fields = event.fields();
        switch (fields.kind(index)) {
            case SPAN -> writeSpan(SPAN, event, index, out);
            case JSON -> writeSpan(JSON, event, index, out);
            case SPARE -> {
                out.writeByte(TEXT);
                out.writeInt(fields.length(index));
                out.write(event.spare(), fields.offset(index), fields.length(index));
            }
            case TEXT -> {
                out.writeByte(TEXT);
                writeText(fields.text(index).bytes(), out);
            }
            case LONG -> writeNumber(LONG, fields.longValue(index), out);
            case DOUBLE -> writeNumber(DOUBLE, Double.doubleToRawLongBits(fields.doubleValue(index)), out);
            case BOOLEAN -> writeNumber(BOOLEAN, fields.booleanValue(index) ? 1 : 0, out);
            case TIME -> writeNumber(TIME, fields.longValue(index), out);
            case NULL -> out.writeByte(NULL);
        }
    }

    /** Of text in the line only its place is written. */
    private static void writeSpan(int kind, LogEvent event, int index, DataOutput out) throws IOException {
        out.writeByte(kind);
        out.writeInt(event.fields().offset(index) - event.lineOffset());
        out.writeInt(event.fields().length(index));
    }

    private static void writeNumber(int kind, long value, DataOutput out) throws IOException {
        out.writeByte(kind);
        out.writeLong(value);
    }

    @Override
    public void read(LogEvent event, DataInput in, int format) throws IOException {
        require(format == FORMAT, "a format of " + FORMAT);
        int length = in.readInt();
        if (length != NO_LINE) {
            byte[] line = bytes(length, LogEvent.LINE_BYTES_MAX, in);
            event.setLine(line, 0, length);
        }
        event.setBytesCut(in.readInt());
        event.setTimeNs(in.readLong());
        event.setLevel(level(in.readByte()));
        int count = in.readUnsignedShort();
        for (int i = 0; i < count; i++) {
            byte[] name = bytes(in.readInt(), NAME_BYTES_MAX, in);
            int key = keys.id(name, 0, name.length);
            require(key != Keys.NONE, "fewer names of fields");
            require(readField(event, key, in), "fewer fields, or less text");
        }
    }

    private static byte[] bytes(int length, int max, DataInput in) throws IOException {
        require(length >= 0 && length <= max, "at most " + max + " bytes");
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    private static @Nullable Level level(int rank) throws IOException {
        for (Level level : Level.values()) {
            if (level.rank() == rank) {
                return level;
            }
        }
        require(rank == NO_LEVEL, "a known level");
        return null;
    }

    private static boolean readField(LogEvent event, int key, DataInput in) throws IOException {
        Fields fields = event.fields();
        int kind = in.readByte();
        switch (kind) {
            case SPAN, JSON -> {
                int offset = in.readInt();
                int length = in.readInt();
                require(
                        offset >= 0 && length >= 0 && offset <= event.lineLength() - length,
                        "text that lies in the line");
                int at = event.lineOffset() + offset;
                return kind == SPAN ? fields.putSpan(key, at, length) : fields.putJson(key, at, length);
            }
            case TEXT -> {
                byte[] text = bytes(in.readInt(), LogEvent.SPARE_BYTES_MAX, in);
                int at = event.addSpare(text.length);
                if (at < 0) {
                    return false;
                }
                System.arraycopy(text, 0, event.spare(), at, text.length);
                return fields.putSpare(key, at, text.length);
            }
            case LONG -> {
                return fields.putLong(key, in.readLong());
            }
            case DOUBLE -> {
                return fields.putDouble(key, Double.longBitsToDouble(in.readLong()));
            }
            case BOOLEAN -> {
                return fields.putBoolean(key, in.readLong() != 0);
            }
            case TIME -> {
                return fields.putTime(key, in.readLong());
            }
            case NULL -> {
                return fields.putNull(key);
            }
            default -> throw new IOException("log event: a field of kind " + kind + " (expected: a known one)");
        }
    }

    private static void require(boolean isSo, String expected) throws IOException {
        if (!isSo) {
            throw new IOException("log event: damaged (expected: " + expected + ')');
        }
    }
}
