package io.ringmain.internal.ring;

import java.io.IOException;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a lane writes events into: a ring itself, or a policy that stands before it. Claim, fill, {@link #commit}; until then
 * claims can be taken back.
 *
 * <p>Thread: the writing lane's, except the counts.
 *
 * @param <E> the event
 */
public interface EventWriter<E> extends ControlWriter {

    /** A call of the lane begins: moves what waits before the ring into it; returns how many events that were. */
    default int begin(long nowNs) {
        return 0;
    }

    /** Whether events that were committed stand before everything else until there is room on a disk: nothing can be claimed meanwhile. */
    default boolean holds() {
        return false;
    }

    /** How many events of at most {@code wanted} can be claimed now beyond those claimed; 0 holds the lane back. */
    int room(int wanted);

    /** How many events would find room now, beyond those claimed, without any being dropped for want of it. */
    int free();

    /** What {@link #free} says when there is nothing, at least 1. */
    int freeMax();

    /** Returns a clear event to fill, or null when the lane must wait; an event that is to be dropped leads nowhere. */
    @Nullable
    E claim(int source, long position);

    /** Remembers the claims so far as complete. */
    void mark();

    /** Takes the claims since {@link #mark} back. */
    void rollback();

    /** Takes the last claim back, for a source that failed while it filled it. */
    void rollbackLast();

    /** How many events have been claimed and not committed. */
    int claimed();

    /** The number of the last event claimed, committed or not; -1 before the first. */
    long lastClaimed();

    /** Up to which number the events claimed are not used any more. */
    long released();

    /** Hands on what was claimed; returns how many events were received by that. */
    int commit(long nowNs);

    /**
     * Hands on a control event behind all that was committed; returns {@code false}, and does nothing, when it must wait. The end of input
     * waits until everything before it is in the ring.
     */
    @Override
    boolean control(int kind, long value, long nowNs);

    /** Whether a control event waits before the ring. Who brings one only because he may should wait then, or they would keep the events out. */
    default boolean controlWaits() {
        return false;
    }

    /** What puts events into the ring, if nothing that was claimed can wait before it or be dropped; else null. */
    default @Nullable RingWriter<E> straight() {
        return null;
    }

    /** The last sequence published. */
    long published();

    /** When the lane must be called although nothing happened; {@link Long#MAX_VALUE} for never. */
    default long wakeAtNs() {
        return Long.MAX_VALUE;
    }

    /** Takes what the writer needs beside memory, before the lanes start. */
    default void open() throws IOException {}

    /** Gives back what the writer holds beside memory, at its end. */
    default void close() {}

    /** How many events came this way, dropped ones included. Any thread. */
    long received();

    /** Tells the count of each reason for which events were dropped. Any thread. */
    void eachDrop(ObjLongConsumer<String> reasons);

    /** How many events wait before the ring. Any thread, exact once the lane stands still. */
    default long waiting() {
        return 0;
    }

    /** How many bytes of a file those waiting take. Any thread, exact once the lane stands still. */
    default long spilledBytes() {
        return 0;
    }

    /** How many events there can be in memory, before and in the ring. */
    int bound();
}
