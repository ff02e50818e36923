package io.ringmain.images;

import io.ringmain.images.Outcome.Size;
import io.ringmain.images.Outcome.Status;
import java.time.Duration;
import java.util.List;

/** The event: a task, and how far a worker came with it. It belongs to whoever has the slot; what it refers to never changes. */
public final class ImageSlot {

    ImageTask task = ImageTask.NONE;
    Status status = Status.FAILED;
    Duration duration = Duration.ZERO;
    Size sizeIn = Size.NONE;
    Size sizeOut = Size.NONE;
    List<Long> spentNs = List.of();

    /** What became of a task that did not fail. */
    Outcome outcome() {
        return new Outcome(task, status, duration, "", "", sizeIn, sizeOut, spentNs);
    }

    /** What became of one that did, with the reason and the message of the failure. */
    Outcome failed(String reason, String error) {
        return new Outcome(task, Status.FAILED, duration, reason, error, sizeIn, Size.NONE, List.of());
    }

    void copyFrom(ImageSlot from) {
        task = from.task;
        status = from.status;
        duration = from.duration;
        sizeIn = from.sizeIn;
        sizeOut = from.sizeOut;
        spentNs = from.spentNs;
    }

    /** The task as a line for people. */
    @Override
    public String toString() {
        return task.toString();
    }
}
