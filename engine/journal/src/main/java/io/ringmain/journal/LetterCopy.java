package io.ringmain.journal;

import static java.util.Objects.requireNonNull;

import io.ringmain.journal.internal.queue.QueueFiles;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What a letter of another store had, for {@link ChronicleDeadLetters#bring}. Its number, what it was before and what became of it are not in it: they are of
 * that store.
 *
 * <p>Thread: any.
 *
 * @param timeNs when the letter was taken, in epoch nanoseconds
 * @param failure what failed
 * @param origin where the event came from
 * @param event the event as it was written
 */
public record LetterCopy(long timeNs, Failure failure, Origin origin, Event event) {

    /**
     * What failed; no text is longer than {@value #TEXT_BYTES_MAX} bytes of UTF-8.
     *
     * @param stage the name of the stage or sink
     * @param reason a constant code for what was wrong
     * @param message what the failure said
     * @param attempts how often the event was tried, at least 1
     */
    public record Failure(String stage, String reason, String message, int attempts) {

        /** Checks the texts and the number. */
        public Failure {
            check("stage", stage);
            check("reason", reason);
            check("message", message);
            if (attempts < 1) {
                throw new IllegalArgumentException("attempts: " + attempts + " (expected: >= 1)");
            }
        }
    }

    /**
     * Where the event came from; no text is longer than {@value #TEXT_BYTES_MAX} bytes of UTF-8.
     *
     * @param pipeline the pipeline's name
     * @param source the source's name
     * @param position the event's position in its source
     */
    public record Origin(String pipeline, String source, long position) {

        /** Checks the texts. */
        public Origin {
            check("pipeline", pipeline);
            check("source", source);
        }
    }

    /** An event as its codec wrote it. */
    public static final class Event {

        private final String codec;
        private final int codecFormat;
        private final byte[] bytes;
        private final int payloadAt;
        private final int payloadLength;

        /**
         * Makes an event.
         *
         * @param codec the codec's name, of at most {@value #TEXT_BYTES_MAX} bytes of UTF-8
         * @param codecFormat the number of the codec's format
         * @param bytes what it wrote, which are the event's from now on; none if the letter has no event
         * @param payloadAt where in them the raw input begins
         * @param payloadLength how many bytes that has
         */
        public Event(String codec, int codecFormat, byte[] bytes, int payloadAt, int payloadLength) {
            check("codec", codec);
            Objects.checkFromIndexSize(payloadAt, payloadLength, bytes.length);
            if (bytes.length > BYTES_MAX) {
                throw new IllegalArgumentException(
                        "event: " + bytes.length + " bytes (expected: <= " + BYTES_MAX + ')');
            }
            this.codec = codec;
            this.codecFormat = codecFormat;
            this.bytes = bytes;
            this.payloadAt = payloadAt;
            this.payloadLength = payloadLength;
        }

        String codec() {
            return codec;
        }

        int codecFormat() {
            return codecFormat;
        }

        byte[] bytes() {
            return bytes;
        }

        int payloadAt() {
            return payloadAt;
        }

        int payloadLength() {
            return payloadLength;
        }
    }

    /** The longest text of a letter, in bytes: {@value}. */
    public static final int TEXT_BYTES_MAX = LetterFormat.TEXT_BYTES_MAX;

    private static final int BYTES_MAX = QueueFiles.PAYLOAD_BYTES_MAX - LetterFormat.HEAD_BYTES_MAX;

    /** Checks that nothing is missing. */
    public LetterCopy {
        requireNonNull(failure, "failure");
        requireNonNull(origin, "origin");
        requireNonNull(event, "event");
    }

    private static void check(String name, String text) {
        int length = requireNonNull(text, name).getBytes(StandardCharsets.UTF_8).length;
        if (length > TEXT_BYTES_MAX) {
            throw new IllegalArgumentException(name + ": " + length + " bytes (expected: <= " + TEXT_BYTES_MAX + ')');
        }
    }
}
