package io.ringmain.images;

import java.time.Duration;
import java.util.List;

/**
 * What became of one picture.
 *
 * @param task what was to be done
 * @param status what came of it
 * @param duration how long a worker had it
 * @param reason a constant code of the failure; empty if there was none
 * @param error what the failure said; empty if there was none
 * @param sizeIn of the picture
 * @param sizeOut of what was written
 * @param spentNs nanoseconds for reading and decoding, for each operation, for encoding, and for writing; empty unless it was written
 */
public record Outcome(
        ImageTask task,
        Status status,
        Duration duration,
        String reason,
        String error,
        Size sizeIn,
        Size sizeOut,
        List<Long> spentNs) {

    /** What came of a picture. */
    public enum Status {
        /** Written. */
        DONE,
        /** What is there is as new as the picture, and was made by the same operations. */
        SKIPPED,
        /** Not written; the failure says why. */
        FAILED
    }

    /**
     * How large a picture is.
     *
     * @param width columns
     * @param height rows
     * @param bytes of the file
     */
    public record Size(int width, int height, long bytes) {

        /** Of a picture that was not read, or not written. */
        public static final Size NONE = new Size(0, 0, 0);
    }
}
