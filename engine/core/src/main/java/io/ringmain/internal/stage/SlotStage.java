package io.ringmain.internal.stage;

/**
 * Work on an event that also depends on its slot; the engine's own.
 *
 * <p>Thread: the lane's.
 *
 * @param <E> the event
 */
interface SlotStage<E> {

    /** Works on the event in the slot of {@code sequence}; returns {@code true} to pass it on. */
    boolean process(E event, long sequence) throws Exception;

    /** Whether each attempt must start from the event as it first came. */
    boolean restoring();

    /** A lane that had this stage has ended. */
    void laneEnded() throws Exception;
}
