package io.ringmain.internal.stage;

import io.ringmain.internal.run.StoppedException;
import io.ringmain.spi.FailureKind;

/**
 * Work on an event that also depends on its slot; the engine's own.
 *
 * <p>Thread: the lane's.
 *
 * @param <E> the event
 */
public interface SlotStage<E> {

    /** Works on the event in the slot of {@code sequence}; returns {@code true} to pass it on. */
    boolean process(E event, long sequence) throws Exception;

    /** What is to be done about what {@link #process} threw at the event in the slot of {@code sequence}. */
    default FailureKind kindOf(Exception failure, long sequence) {
        return FailureKind.of(failure);
    }

    /** Whether each attempt must start from the event as it first came. */
    boolean restoring();

    /** What time it is passes in the slot of {@code sequence}, or that a source has ended, as {@code kind} says. */
    default void control(int kind, long sequence) {}

    /** A barrier passes in the slot of {@code sequence}: saves what it remembers of the groups from {@code from} to before {@code to}. */
    default void save(long sequence, int from, int to) throws StoppedException {}

    /** A lane that had this stage has ended. */
    void laneEnded() throws Exception;
}
