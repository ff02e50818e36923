package io.ringmain.spi;

import static java.util.Objects.requireNonNull;

/**
 * One failed event, kept with the reason.
 *
 * @param pipeline the pipeline's name
 * @param stage the stage or sink that failed
 * @param reason a constant code, such as {@code exception}
 * @param message what the failure said, for people
 * @param attempts how often it was tried, at least 1
 * @param source the name of the event's source
 * @param position the event's position in its source
 * @param ingressNs when the event entered the ring, on the pipeline's nanosecond clock
 * @param eventBytes about how many bytes of memory the event holds; 0 if its type does not tell
 * @param event a copy of the event as the failing stage left it, or met it if it is {@linkplain Stage#restoring restoring}; belongs to the letter
 */
public record DeadLetter(
        String pipeline,
        String stage,
        String reason,
        String message,
        int attempts,
        String source,
        long position,
        long ingressNs,
        long eventBytes,
        Object event) {

    private static final int FIXED_BYTES = 128;

    /** Checks that nothing is missing. */
    public DeadLetter {
        requireNonNull(pipeline, "pipeline");
        requireNonNull(stage, "stage");
        requireNonNull(reason, "reason");
        requireNonNull(message, "message");
        requireNonNull(source, "source");
        requireNonNull(event, "event");
    }

    /** This letter as one of an event that was {@code earlier} before: with the source and position that it had then, and the attempts of both. */
    DeadLetter after(DeadLetter earlier) {
        return new DeadLetter(
                pipeline,
                stage,
                reason,
                message,
                earlier.attempts + attempts,
                earlier.source,
                earlier.position,
                ingressNs,
                eventBytes,
                event);
    }

    /** About how many bytes of memory the letter holds: its event, its message, and itself. */
    public long bytes() {
        return FIXED_BYTES + 2L * message.length() + eventBytes;
    }
}
