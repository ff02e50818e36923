package io.ringmain.logs;

import static java.util.Objects.requireNonNull;

import io.ringmain.spi.EventType;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One line of a log and what is known about it, made to be filled again and again.
 *
 * <p>The event owns a copy of its line. Message, source and text fields are spans of that line, so a parser copies nothing; what is
 * not in the line is a {@link Text}, a constant that events share. Strings are made only where somebody asks for one.
 *
 * <p>Thread and ownership: as the slot it lies in. Nothing allocates once the event has held its longest line and its
 * most fields, except the methods that return a {@link String}.
 */
public final class LogEvent {

    /** How log events are made, cleared and copied. */
    public static final EventType<LogEvent> TYPE = EventType.of(LogEvent::new, LogEvent::clear, LogEvent::copy);

    /** The longest line, in bytes: {@value}. */
    public static final int LINE_BYTES_MAX = 1 << 20;

    /** The time of an event that has none: {@value}. */
    public static final long NO_TIME = Long.MIN_VALUE;

    private static final int LINE_BYTES_MIN = 256;

    private byte[] line = new byte[LINE_BYTES_MIN];
    private int lineLength;
    private long timeNs = NO_TIME;
    private @Nullable Level level;
    private @Nullable Text sourceText;
    private int sourceOffset;
    private int sourceLength;
    private int messageOffset;
    private int messageLength;
    private final Fields fields = new Fields();

    /** Makes an empty event. */
    public LogEvent() {}

    /** Empties the event; keeps its arrays. */
    public void clear() {
        lineLength = 0;
        timeNs = NO_TIME;
        level = null;
        sourceText = null;
        sourceOffset = 0;
        sourceLength = 0;
        messageOffset = 0;
        messageLength = 0;
        fields.clear();
    }

    private static void copy(LogEvent from, LogEvent to) {
        to.makeRoom(from.lineLength);
        System.arraycopy(from.line, 0, to.line, 0, from.lineLength);
        to.lineLength = from.lineLength;
        to.timeNs = from.timeNs;
        to.level = from.level;
        to.sourceText = from.sourceText;
        to.sourceOffset = from.sourceOffset;
        to.sourceLength = from.sourceLength;
        to.messageOffset = from.messageOffset;
        to.messageLength = from.messageLength;
        to.fields.copyFrom(from.fields);
    }

    /**
     * Takes a copy of a line, without its line end. What was known about another line stays; {@link #clear} first.
     *
     * @return {@code false} if it is longer than {@value #LINE_BYTES_MAX} bytes; the event then has its first so many bytes
     */
    public boolean setLine(byte[] from, int offset, int length) {
        int taken = Math.min(length, LINE_BYTES_MAX);
        makeRoom(taken);
        System.arraycopy(from, offset, line, 0, taken);
        lineLength = taken;
        return taken == length;
    }

    /** As {@link #setLine(byte[], int, int)}, from a string. Allocates. */
    public boolean setLine(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return setLine(bytes, 0, bytes.length);
    }

    private void makeRoom(int length) {
        if (line.length < length) {
            line = new byte[Math.min(LINE_BYTES_MAX, Integer.highestOneBit(length - 1) << 1)];
        }
    }

    /** The bytes that all spans lie in, of which the line has the first {@link #lineLength}. To be read, not kept. */
    public byte[] bytes() {
        return line;
    }

    /** How many bytes the line has. */
    public int lineLength() {
        return lineLength;
    }

    /** The line. Allocates. */
    public String line() {
        return string(0, lineLength);
    }

    /** When it happened, epoch nanoseconds, or {@link #NO_TIME}. */
    public long timeNs() {
        return timeNs;
    }

    /** Sets when it happened, epoch nanoseconds. */
    public void setTimeNs(long timeNs) {
        this.timeNs = timeNs;
    }

    /** How much it matters; null before it was parsed. */
    public @Nullable Level level() {
        return level;
    }

    /** Sets how much it matters. */
    public void setLevel(Level level) {
        this.level = requireNonNull(level, "level");
    }

    /** Whether it is known where the event came from. */
    public boolean hasSource() {
        return sourceText != null || sourceLength > 0;
    }

    /** The source if it is a constant, null if it is a span or not known. */
    public @Nullable Text sourceText() {
        return sourceText;
    }

    /** Where the source begins in {@link #bytes}, if it is a span. */
    public int sourceOffset() {
        return sourceOffset;
    }

    /** How many bytes the source has, if it is a span; else 0. */
    public int sourceLength() {
        return sourceLength;
    }

    /** The source, empty if not known. Allocates. */
    public String source() {
        Text constant = sourceText;
        return constant != null ? constant.toString() : string(sourceOffset, sourceLength);
    }

    /** Sets a constant as the source. */
    public void setSource(Text source) {
        sourceText = requireNonNull(source, "source");
        sourceOffset = 0;
        sourceLength = 0;
    }

    /** Sets a span of the line as the source. */
    public void setSource(int offset, int length) {
        checkSpan(offset, length);
        sourceText = null;
        sourceOffset = offset;
        sourceLength = length;
    }

    /** Where the message begins in {@link #bytes}. */
    public int messageOffset() {
        return messageOffset;
    }

    /** How many bytes the message has. */
    public int messageLength() {
        return messageLength;
    }

    /** The message. Allocates. */
    public String message() {
        return string(messageOffset, messageLength);
    }

    /** Sets a span of the line as the message. */
    public void setMessage(int offset, int length) {
        checkSpan(offset, length);
        messageOffset = offset;
        messageLength = length;
    }

    /** The fields, in the order in which their keys were first put. The same object always. */
    public Fields fields() {
        return fields;
    }

    /** The field {@code key} as text, or null if there is none. Allocates. */
    public @Nullable String fieldText(int key) {
        int index = fields.indexOf(key);
        return index < 0 ? null : fields.toString(index, line);
    }

    private String string(int offset, int length) {
        return new String(line, offset, length, StandardCharsets.UTF_8);
    }

    private void checkSpan(int offset, int length) {
        if (offset < 0 || length < 0 || offset > lineLength - length) {
            throw new IndexOutOfBoundsException("span: offset " + offset + ", length " + length
                    + " (expected: within the line of " + lineLength + " bytes)");
        }
    }

    /** Returns level, source and line, for people. Allocates. */
    @Override
    public String toString() {
        return "LogEvent{level=" + level + ", source=" + source() + ", line=" + line() + '}';
    }
}
