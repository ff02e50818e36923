package io.ringmain.cli.letters;

import io.ringmain.journal.Letter;
import io.ringmain.journal.LetterId;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.NamedEvents;
import io.ringmain.logs.Schema;
import io.ringmain.logs.Text;
import io.ringmain.logs.expression.Expression;
import io.ringmain.logs.expression.ExpressionException;
import io.ringmain.logs.parse.RejectedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;

/**
 * The events in letters of plans.
 *
 * <p>Thread: one.
 */
public final class LetterEvents {

    private final Keys keys = new Keys();
    private final NamedEvents codec = new NamedEvents(keys);
    private final LogEvent event = new LogEvent();

    /** Returns what {@code condition} says of the events of letters; an event without the fields that it asks for does not meet it. */
    public LetterChoice.EventCondition condition(String condition) {
        Expression expression;
        try {
            expression = Expression.condition(condition, new Schema(Map.of(), true), keys);
        } catch (ExpressionException wrong) {
            throw new IllegalArgumentException("--where: " + wrong.getMessage(), wrong);
        }
        return letter -> {
            try {
                return expression.test(read(letter));
            } catch (RejectedException no) {
                return false;
            }
        };
    }

    /** Reads the event of {@code letter}; valid until the next call. */
    public LogEvent read(Letter letter) throws IOException {
        if (!letter.hasEvent() || !letter.codec().equals(codec.name())) {
            throw new IOException("letter " + LetterId.text(letter.id()) + ": an event of "
                    + (letter.hasEvent() ? letter.codec() : "no kind")
                    + " (expected: " + codec.name() + "); only the pipeline that it is of can read it");
        }
        event.clear();
        codec.read(event, new DataInputStream(new ByteArrayInputStream(letter.event())), letter.codecFormat());
        return event;
    }

    /** Whether events that {@code codec} wrote can be read here. */
    boolean reads(String codec) {
        return this.codec.name().equals(codec);
    }

    /** The format in which events are written here. */
    int format() {
        return codec.format();
    }

    /** Reads an event that a codec {@linkplain #reads of ours} wrote in {@code format}, to the last byte, and returns it with where its payload lies. */
    EditedEvent read(byte[] bytes, int format) throws IOException {
        event.clear();
        var in = new DataInputStream(new ByteArrayInputStream(bytes));
        codec.read(event, in, format);
        if (in.available() > 0) {
            throw new IOException("log event: " + in.available() + " bytes too many (expected: all read)");
        }
        return new EditedEvent(bytes, codec.payloadOffset(event), codec.payloadLength(event, bytes.length));
    }

    /** Sets a field of the event read last; {@code value} is a number, true, false, or else a text. */
    public void set(String field, String value) {
        int key = keys.id(field);
        boolean isSet;
        if (value.equals("true") || value.equals("false")) {
            isSet = event.fields().putBoolean(key, value.equals("true"));
        } else if (value.matches("[+-]?\\d{1,18}")) {
            isSet = event.fields().putLong(key, Long.parseLong(value));
        } else if (value.matches("[+-]?\\d+\\.\\d+([eE][+-]?\\d+)?")) {
            isSet = event.fields().putDouble(key, Double.parseDouble(value));
        } else {
            isSet = event.fields().putText(key, Text.of(value));
        }
        if (!isSet) {
            throw new IllegalArgumentException("--set: " + field + ": no room for another field (expected: fewer)");
        }
    }

    /** Makes the event that is written next one of a line that nobody has parsed. */
    public void setLine(byte[] line) {
        event.clear();
        if (!event.setLine(line, 0, line.length)) {
            throw new IllegalArgumentException(
                    "payload: " + line.length + " bytes (expected: <= " + LogEvent.LINE_BYTES_MAX + ')');
        }
    }

    /** Writes the event as its letter has it. */
    public EditedEvent write() throws IOException {
        var bytes = new ByteArrayOutputStream();
        codec.write(event, new DataOutputStream(bytes));
        return new EditedEvent(
                bytes.toByteArray(), codec.payloadOffset(event), codec.payloadLength(event, bytes.size()));
    }
}
