package io.ringmain.journal;

import io.ringmain.journal.internal.queue.CycleCursor;
import io.ringmain.spi.FailedEvent;
import io.ringmain.spi.LetterCodec;
import io.ringmain.spi.Reasoned;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * How letters and marks lie in their excerpts. Numbers are big endian, as {@link java.io.DataOutput} writes them.
 *
 * <pre>
 *   letter  format │ flags │ attempts │ time │ run │ number in the run │ position │ ingress │ parent │ codec's format
 *           payload's offset │ its length │ event's offset │ its length
 *           pipeline, stage, reason, source, codec, message: each a length of 2 bytes and UTF-8 │ event
 *   mark    format │ state │ letter │ child │ time
 * </pre>
 */
final class LetterFormat {

    /** The kind of excerpts that are letters. */
    static final int LETTER = 1;

    /** The kind of excerpts that say what became of a letter. */
    static final int MARK = 2;

    /** What stands where a letter's number is not known, or there is no letter. */
    static final long NONE = -1;

    /** The longest text, in bytes; messages are cut there. */
    static final int TEXT_BYTES_MAX = 4096;

    static final int FORMAT = 1;
    /** Another run that reads the event again finds it at the same position. */
    static final int LASTS = 1;
    /** The event could not be written. */
    static final int EVENTLESS = 2;

    static final int FLAGS_AT = 1;
    static final int ATTEMPTS_AT = 4;
    static final int TIME_AT = 8;
    static final int RUN_AT = 16;
    static final int NUMBER_AT = 24;
    static final int POSITION_AT = 32;
    static final int INGRESS_AT = 40;
    static final int PARENT_AT = 48;
    static final int CODEC_FORMAT_AT = 56;
    static final int PAYLOAD_AT = 60;
    static final int PAYLOAD_LENGTH_AT = 64;
    static final int EVENT_AT = 68;
    static final int EVENT_LENGTH_AT = 72;
    static final int TEXTS_AT = 76;

    /** What stands before an event takes no more than this. */
    static final int HEAD_BYTES_MAX = TEXTS_AT + 6 * (Short.BYTES + TEXT_BYTES_MAX);

    static final int MARK_STATE_AT = 1;
    static final int MARK_LETTER_AT = 8;
    static final int MARK_CHILD_AT = 16;
    static final int MARK_TIME_AT = 24;
    static final int MARK_BYTES = 32;

    private LetterFormat() {}

    /**
     * What a letter has beside its event, to be filled again and again.
     */
    static final class Head {
        String source = "";
        long position;
        boolean lasts;
        int attempts;
        long parent = NONE;
        long timeNs;
        long run;
        long number;
        boolean isEventless;
    }

    /** Writes a letter at the encoder's position; what did not fit is only counted. */
    static <E> void write(Encoder to, FailedEvent<E> failed, LetterCodec<E> codec, Head head) {
        int start = to.skip(TEXTS_AT);
        text(to, failed.pipeline());
        text(to, failed.stage());
        text(to, failed.reason());
        text(to, head.source);
        text(to, codec.name());
        message(to, failed.cause());
        int eventAt = to.position();
        boolean isWritten = !head.isEventless && writeEvent(to, failed.event(), codec);
        if (!isWritten) {
            to.moveTo(eventAt);
        }
        if (to.isOver() || start < 0) {
            return;
        }
        int length = to.position() - eventAt;
        to.bytes()[start] = FORMAT;
        to.bytes()[start + FLAGS_AT] = (byte) ((head.lasts ? LASTS : 0) | (isWritten ? 0 : EVENTLESS));
        to.bytes()[start + FLAGS_AT + 1] = 0;
        to.bytes()[start + FLAGS_AT + 2] = 0;
        to.putInt(start + ATTEMPTS_AT, head.attempts);
        to.putLong(start + TIME_AT, head.timeNs);
        to.putLong(start + RUN_AT, head.run);
        to.putLong(start + NUMBER_AT, head.number);
        to.putLong(start + POSITION_AT, head.position);
        to.putLong(start + INGRESS_AT, failed.ingressNs());
        to.putLong(start + PARENT_AT, head.parent);
        to.putInt(start + CODEC_FORMAT_AT, codec.format());
        to.putInt(start + PAYLOAD_AT, isWritten ? codec.payloadOffset(failed.event()) : 0);
        to.putInt(start + PAYLOAD_LENGTH_AT, isWritten ? codec.payloadLength(failed.event(), length) : 0);
        to.putInt(start + EVENT_AT, eventAt - start);
        to.putInt(start + EVENT_LENGTH_AT, length);
    }

    /** Returns a letter that was brought here; its number in the run is none that a run gives, and nobody finds its position again. */
    static byte[] write(LetterCopy copy, long run) {
        LetterCopy.Event event = copy.event();
        var to = new Encoder(HEAD_BYTES_MAX + event.bytes().length);
        to.skip(TEXTS_AT);
        text(to, copy.origin().pipeline());
        text(to, copy.failure().stage());
        text(to, copy.failure().reason());
        text(to, copy.origin().source());
        text(to, event.codec());
        text(to, copy.failure().message());
        int eventAt = to.position();
        to.write(event.bytes());
        to.bytes()[0] = FORMAT;
        to.bytes()[FLAGS_AT] = (byte) (event.bytes().length == 0 ? EVENTLESS : 0);
        to.putInt(ATTEMPTS_AT, copy.failure().attempts());
        to.putLong(TIME_AT, copy.timeNs());
        to.putLong(RUN_AT, run);
        to.putLong(POSITION_AT, copy.origin().position());
        to.putLong(PARENT_AT, NONE);
        to.putInt(CODEC_FORMAT_AT, event.codecFormat());
        to.putInt(PAYLOAD_AT, event.payloadAt());
        to.putInt(PAYLOAD_LENGTH_AT, event.payloadLength());
        to.putInt(EVENT_AT, eventAt);
        to.putInt(EVENT_LENGTH_AT, event.bytes().length);
        return Arrays.copyOf(to.bytes(), to.position());
    }

    private static <E> boolean writeEvent(Encoder to, E event, LetterCodec<E> codec) {
        try {
            codec.write(event, to);
            return true;
        } catch (IOException refused) {
            // The letter says all but the event, and that it does not have it: that is more than no letter.
            return false;
        }
    }

    private static void text(Encoder to, String text) {
        int at = to.skip(Short.BYTES);
        to.utf8(text, TEXT_BYTES_MAX);
        endText(to, at);
    }

    /** As {@link FailedEvent#message}, without making a string. */
    private static void message(Encoder to, Exception cause) {
        int at = to.skip(Short.BYTES);
        String said = cause.getLocalizedMessage();
        boolean isSaidAlone = cause instanceof Reasoned && said != null;
        if (!isSaidAlone) {
            to.utf8(cause.getClass().getName(), TEXT_BYTES_MAX);
        }
        if (said != null) {
            if (!isSaidAlone) {
                to.utf8(": ", 2);
            }
            to.utf8(said, Math.max(0, TEXT_BYTES_MAX - (to.position() - at - Short.BYTES)));
        }
        endText(to, at);
    }

    private static void endText(Encoder to, int at) {
        if (at >= 0 && !to.isOver()) {
            int length = to.position() - at - Short.BYTES;
            to.bytes()[at] = (byte) (length >>> 8);
            to.bytes()[at + 1] = (byte) length;
        }
    }

    /** Writes a mark to the beginning of {@code to}. */
    static void writeMark(Encoder to, Mark mark, long child) {
        to.moveTo(MARK_BYTES);
        to.putLong(0, 0);
        to.bytes()[0] = FORMAT;
        to.bytes()[MARK_STATE_AT] = (byte) mark.state().code();
        to.putLong(MARK_LETTER_AT, mark.letter());
        to.putLong(MARK_CHILD_AT, child);
        to.putLong(MARK_TIME_AT, mark.timeNs());
    }

    /** The mark at which {@code cursor} stands; empty if that is none, or of a format that is not known. */
    static Optional<Mark> markAt(CycleCursor cursor) {
        boolean isMark =
                cursor.kind() == MARK && cursor.length() >= MARK_BYTES && cursor.bytes()[cursor.offset()] == FORMAT;
        if (!isMark) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(cursor.bytes(), cursor.offset(), cursor.length())
                .slice();
        return LetterState.of(bytes.get(MARK_STATE_AT))
                .map(state -> new Mark(
                        bytes.getLong(MARK_LETTER_AT),
                        state,
                        bytes.getLong(MARK_CHILD_AT),
                        bytes.getLong(MARK_TIME_AT)));
    }
}
