package io.ringmain.spi;

/**
 * Where events come from, asked by the engine when there is room: a file, a queue, a generator.
 *
 * <p>Thread: {@link #open} on the thread that starts the pipeline, then {@link #fill} and {@link #close} on the intake thread,
 * one call at a time. {@link #fill} must not block; a source that can only wait for its events is a {@link PushSource}.
 *
 * <p>Errors: whatever {@link #fill} throws ends the pipeline as failed, after the events that are complete have been drained.
 *
 * @param <E> the event
 */
@FunctionalInterface
public interface Source<E> {

    /** What a source has to say after a call of {@link #fill}. */
    enum Status {
        /** There may be more at once. */
        READY,
        /** Nothing now; ask again after a pause, which the engine chooses (50 microseconds to 10 milliseconds). */
        IDLE,
        /**
         * There is more, but the source has no room for it until events of its own have left the ring, see {@link Intake#released}. The
         * engine asks again when that is so. A source may say so only while it has events in the ring.
         */
        HELD,
        /** Nothing ever again; {@link Source#fill} will not be called any more. */
        END
    }

    /**
     * Claims and fills as many events as it has, at most {@code max}. Have the data in hand before the claim: an event that was claimed
     * when this throws is taken back, because nobody can tell whether it was complete.
     *
     * @param intake gives the events; valid during this call only
     * @param max how many events may be claimed in this call, at least 1
     */
    Status fill(Intake<E> intake, int max) throws Exception;

    /**
     * Whether the events can wait where they are, as those of a file or a log can. Where a source that cannot wait shares a ring with others that can, a
     * part of the room is kept for it: those that can are slowed first. Asked once, while the pipeline is built.
     */
    default boolean delayable() {
        return true;
    }

    /** How many bytes it has read from outside; 0 if it does not count them. Any thread. */
    default long bytesRead() {
        return 0;
    }

    /**
     * All events of this source up to {@code position} are done with: durably in every sink that is to have them, or filtered or given up as the
     * pipeline says. Called where the pipeline keeps checkpoints or acknowledges, after each; positions grow. On the supervisor's thread, beside {@link #fill}, and
     * it may still come after {@link #close}; it must not block. What it throws is reported and ends nothing.
     *
     * @param position as it was given to {@link Intake#claim}
     */
    default void acknowledged(long position) throws Exception {}

    /** Gets ready. A failure here ends the start of the pipeline. */
    default void open() throws Exception {}

    /**
     * Gives back what {@link #open} took. Called once after an {@link #open} that succeeded: at the source's end, when it is removed, or when the
     * pipeline drains, also after a failure. Its last events may still be on their way.
     */
    default void close() throws Exception {}
}
