package io.ringmain.spi;

/**
 * An event that a lane has given up, with all that a letter says of it.
 *
 * <p>Thread and ownership: the lane's; it and its event are valid until {@link DeadLetters#add} returns, and used again for the next. Who keeps something copies it.
 *
 * @param <E> the event
 */
public interface FailedEvent<E> {

    /** The pipeline's name. */
    String pipeline();

    /** The name of the stage or sink that failed. */
    String stage();

    /** What the last attempt threw. */
    Exception cause();

    /** How often it was tried, at least 1. */
    int attempts();

    /** The name of the event's source; {@link DeadLetters#SOURCE} if it was a letter before. */
    String source();

    /** The event's position in its source; of one that was a letter before the number of that. */
    long position();

    /** Whether a later run, which reads the event again, finds the same position: then source and position tell that it is the same event. */
    boolean positionLasts();

    /** When the event entered the ring, on the pipeline's nanosecond clock. */
    long ingressNs();

    /** The event, as the failing stage left it, or met it if it is {@linkplain Stage#restoring restoring}. */
    E event();

    /** How such events are copied, and written if they can be. */
    EventType<E> type();

    /** A constant code for what was wrong: that of a {@link Reasoned} cause, else {@code exception}. */
    default String reason() {
        return cause() instanceof Reasoned reasoned ? reasoned.reason() : "exception";
    }

    /** What the failure said, for people. Allocates. */
    default String message() {
        String said = cause().getMessage();
        return cause() instanceof Reasoned && said != null ? said : cause().toString();
    }

    /** Makes a letter with a copy of the event. Allocates. */
    default DeadLetter toLetter() {
        E copy = type().create();
        type().copy(event(), copy);
        return new DeadLetter(
                pipeline(),
                stage(),
                reason(),
                message(),
                attempts(),
                source(),
                position(),
                ingressNs(),
                type().bytes(copy),
                copy);
    }
}
