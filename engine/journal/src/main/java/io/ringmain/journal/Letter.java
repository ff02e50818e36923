package io.ringmain.journal;

import static io.ringmain.journal.LetterFormat.EVENT_AT;
import static io.ringmain.journal.LetterFormat.EVENT_LENGTH_AT;

import io.ringmain.journal.internal.queue.CycleCursor;
import io.ringmain.spi.LetterCodec;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** One dead letter as it was found in the files. Its texts are made when they are asked for, its event is not read. Thread: any. */
public final class Letter {

    private static final int PIPELINE = 0;
    private static final int STAGE = 1;
    private static final int REASON = 2;
    private static final int SOURCE = 3;
    private static final int CODEC = 4;
    private static final int MESSAGE = 5;

    private final long id;
    private final byte[] bytes;

    private Letter(long id, byte[] bytes) {
        this.id = id;
        this.bytes = bytes;
    }

    /** Returns a copy of the letter at which {@code cursor} stands; empty if that is none, or one of a format that is not known. */
    static Optional<Letter> at(CycleCursor cursor) {
        boolean isLetter = cursor.kind() == LetterFormat.LETTER
                && cursor.length() >= LetterFormat.TEXTS_AT
                && cursor.bytes()[cursor.offset()] == LetterFormat.FORMAT;
        if (!isLetter) {
            return Optional.empty();
        }
        byte[] copy = Arrays.copyOfRange(cursor.bytes(), cursor.offset(), cursor.offset() + cursor.length());
        return Optional.of(new Letter(cursor.id(), copy));
    }

    /** Its number. */
    public long id() {
        return id;
    }

    /** When it was taken, in epoch nanoseconds. */
    public long timeNs() {
        return longAt(LetterFormat.TIME_AT);
    }

    /** The run that it is of. Runs that go on from a checkpoint are one. */
    public long run() {
        return longAt(LetterFormat.RUN_AT);
    }

    /** The how manieth letter of its run it is, from 1. */
    long number() {
        return longAt(LetterFormat.NUMBER_AT);
    }

    /** Whether a later run, which reads the event again, finds it at the same position. */
    public boolean positionLasts() {
        return (bytes[LetterFormat.FLAGS_AT] & LetterFormat.LASTS) != 0;
    }

    /** Whether it has the event; there are events that cannot be written. */
    public boolean hasEvent() {
        return (bytes[LetterFormat.FLAGS_AT] & LetterFormat.EVENTLESS) == 0;
    }

    /** How often the event was tried, at least 1; with the attempts of the letters that it was before. */
    public int attempts() {
        return intAt(LetterFormat.ATTEMPTS_AT);
    }

    /** The event's position in its source. */
    public long position() {
        return longAt(LetterFormat.POSITION_AT);
    }

    /** When the event entered the ring, on its pipeline's nanosecond clock. */
    public long ingressNs() {
        return longAt(LetterFormat.INGRESS_AT);
    }

    /** The letter that was tried again, or changed, if this is what became of it. */
    public OptionalLong parent() {
        long parent = longAt(LetterFormat.PARENT_AT);
        return parent == LetterFormat.NONE ? OptionalLong.empty() : OptionalLong.of(parent);
    }

    /** The pipeline's name. */
    public String pipeline() {
        return text(PIPELINE);
    }

    /** The name of the stage or sink that failed. */
    public String stage() {
        return text(STAGE);
    }

    /** A constant code for what was wrong. */
    public String reason() {
        return text(REASON);
    }

    /** The name of the event's source. */
    public String source() {
        return text(SOURCE);
    }

    /** The name of the {@link LetterCodec} that wrote the event. */
    public String codec() {
        return text(CODEC);
    }

    /** The number of the codec's format. */
    public int codecFormat() {
        return intAt(LetterFormat.CODEC_FORMAT_AT);
    }

    /** What the failure said, for people; cut at 4 KiB. */
    public String message() {
        return text(MESSAGE);
    }

    private String text(int which) {
        int at = LetterFormat.TEXTS_AT;
        for (int i = 0; i < which; i++) {
            at += Short.BYTES + lengthAt(at);
        }
        int length = lengthAt(at);
        return new String(bytes, at + Short.BYTES, length, StandardCharsets.UTF_8);
    }

    private int lengthAt(int at) {
        return Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(at));
    }

    private int intAt(int at) {
        return ByteBuffer.wrap(bytes).getInt(at);
    }

    private long longAt(int at) {
        return ByteBuffer.wrap(bytes).getLong(at);
    }

    /** How many bytes the event has, as it was written. */
    public int eventBytes() {
        return intAt(EVENT_LENGTH_AT);
    }

    /** Returns a copy of the event, as its codec wrote it. */
    public byte[] event() {
        return copy(intAt(EVENT_AT), eventBytes());
    }

    /** Returns a copy of the raw input that the event was made of, or of the whole event where the codec does not tell. */
    public byte[] payload() {
        return copy(intAt(EVENT_AT) + intAt(LetterFormat.PAYLOAD_AT), intAt(LetterFormat.PAYLOAD_LENGTH_AT));
    }

    private byte[] copy(int from, int length) {
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    /** Fills {@code event}, which is clear, from this letter's. Fails if {@code codec} is another than the one that wrote it. */
    <E> void read(E event, LetterCodec<E> codec) throws IOException {
        if (!hasEvent() || !codec.name().equals(codec())) {
            throw new IOException("codec: " + (hasEvent() ? codec() : "none") + " (expected: " + codec.name() + ')');
        }
        var in = new DataInputStream(new ByteArrayInputStream(bytes, intAt(EVENT_AT), eventBytes()));
        codec.read(event, in, codecFormat());
        if (in.available() > 0) {
            throw new IOException("event: " + in.available() + " bytes too many (expected: all read)");
        }
    }

    /** Returns this letter with another event, and as its child. */
    byte[] edited(byte[] event, int payloadAt, int payloadLength, long timeNs) {
        int eventAt = intAt(EVENT_AT);
        ByteBuffer edited = ByteBuffer.allocate(eventAt + event.length);
        edited.put(bytes, 0, eventAt).put(event);
        // It has no position of its own that a later run would find.
        edited.put(LetterFormat.FLAGS_AT, (byte) 0);
        edited.putLong(LetterFormat.TIME_AT, timeNs);
        edited.putLong(LetterFormat.PARENT_AT, id);
        edited.putInt(LetterFormat.PAYLOAD_AT, payloadAt);
        edited.putInt(LetterFormat.PAYLOAD_LENGTH_AT, payloadLength);
        edited.putInt(EVENT_LENGTH_AT, event.length);
        return edited.array();
    }

    @Override
    public String toString() {
        return "Letter{id=" + LetterId.text(id) + ", stage=" + stage() + ", reason=" + reason() + ", source=" + source()
                + ", position=" + position() + '}';
    }
}
