package io.ringmain.internal.edge;

import java.io.IOException;
import java.util.function.ObjLongConsumer;

/**
 * Decides who may wait in a room, and counts whom it sends away.
 *
 * <p>Thread: the writer's, except the counts.
 */
interface Admission {

    /** What became of an event that wanted in. */
    enum Verdict {
        /** It waits in the room. */
        WAITS,
        /** It waits, but elsewhere. */
        WAITS_ELSEWHERE,
        /** It was dropped and counted. */
        DROPPED,
        /** There is no room for it on the disk: the writer keeps it, and all behind it, and asks again. */
        HELD
    }

    /** Decides about the filled event of {@code entry}; one that is to wait in the room is appended. */
    Verdict admit(int entry);

    /** Tells the count of each reason for which events were sent away. Any thread. */
    void eachDrop(ObjLongConsumer<String> reasons);

    /** Whether something waits elsewhere, behind all that is in the room. */
    default boolean waitsElsewhere() {
        return false;
    }

    /** Brings what waits elsewhere into the room, as far as there is space. */
    default void refill() {}

    /** Lets a control event wait elsewhere, behind the events there; returns {@code false} if there is no space, or it cannot be written. */
    default boolean controlElsewhere(int kind, long value) {
        throw new IllegalStateException("Nothing waits elsewhere.");
    }

    /** Whether a control event waits elsewhere. */
    default boolean isControlElsewhere() {
        return false;
    }

    /** How many events wait elsewhere. */
    default long elsewhere() {
        return 0;
    }

    /** How many bytes they take. */
    default long bytesElsewhere() {
        return 0;
    }

    /** Takes what is needed beside memory. May be called again. */
    default void open() throws IOException {}

    /** Gives back what is held beside memory. */
    default void close() {}
}
