package io.ringmain.images;

import io.ringmain.images.picture.Limits;
import io.ringmain.images.picture.Operation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One picture: where it is, where it goes, what is done to it, and what came of that. The event of the pipeline; it belongs to whoever has its slot.
 */
public final class ImageTask {

    /** What came of a picture. */
    public enum Status {
        /** Nothing yet. */
        WAITING,
        /** Written. */
        DONE,
        /** What is there is as new as the picture, and was made by the same operations. */
        SKIPPED,
        /** Not written; the failure says why. */
        FAILED
    }

    private static final Path NOWHERE = Path.of("");

    int id;
    Path in = NOWHERE;
    Path out = NOWHERE;
    List<Operation> operations = List.of();
    Limits limits = Limits.DEFAULT;
    Status status = Status.WAITING;
    long durationNs;
    String reason = "";
    String error = "";
    Size sizeIn = Size.NONE;
    Size sizeOut = Size.NONE;
    List<Long> spentNs = List.of();

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

    /**
     * What became of one picture, for reports.
     *
     * @param id its place in the run, from 1
     * @param in the picture
     * @param out where it went, or would have gone
     * @param status what came of it
     * @param duration how long a worker had it
     * @param reason a constant code of the failure; empty if there was none
     * @param error what the failure said; empty if there was none
     * @param sizeIn of the picture
     * @param sizeOut of what was written
     * @param operations what was to be done
     * @param spentNs nanoseconds for reading and decoding, for each operation, for encoding, and for writing; empty unless it was written
     */
    public record Outcome(
            int id,
            Path in,
            Path out,
            Status status,
            Duration duration,
            String reason,
            String error,
            Size sizeIn,
            Size sizeOut,
            List<Operation> operations,
            List<Long> spentNs) {}

    void clear() {
        copyFrom(EMPTY);
    }

    private static final ImageTask EMPTY = new ImageTask();

    void copyFrom(ImageTask from) {
        id = from.id;
        in = from.in;
        out = from.out;
        operations = from.operations;
        limits = from.limits;
        status = from.status;
        durationNs = from.durationNs;
        reason = from.reason;
        error = from.error;
        sizeIn = from.sizeIn;
        sizeOut = from.sizeOut;
        spentNs = from.spentNs;
    }

    Outcome outcome() {
        return new Outcome(
                id, in, out, status, Duration.ofNanos(durationNs), reason, error, sizeIn, sizeOut, operations, spentNs);
    }

    @Override
    public String toString() {
        return in + " => " + out + ": " + Operation.text(operations);
    }
}
