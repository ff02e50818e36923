package io.ringmain.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One computation for many groups of events at once: what it knows of a group lies in arrays at the group's number. Ready ones are in {@link Aggregations}.
 *
 * <p>Thread: one at a time; each pane of a window has its own. May allocate in {@link #grow} and when it writes or reads state, never in {@link #add} otherwise. Never fails on data.
 *
 * <p>What was added to one group in parts and then {@linkplain #merge merged} must be what was added at once; where the order of the events tells, as with the first of them, they are merged in that order.
 *
 * @param <E> the event
 */
public interface Aggregation<E> {

    /** Makes room for groups with numbers below {@code capacity}; nothing is known of new ones. */
    void grow(int capacity);

    /** Takes an event into a group. The event stays the caller's. */
    void add(int group, E event);

    /** Adds what {@code from}, which is of the same kind and stays as it is, knows of its group {@code fromGroup}. */
    void merge(int group, Aggregation<E> from, int fromGroup);

    /** Forgets what is known of a group. */
    void clear(int group);

    /** Writes what is known of the groups with numbers below {@code count}. */
    void save(DataOutput out, int count) throws IOException;

    /** Takes over what {@link #save} wrote of {@code count} groups; there is room for them, and nothing is known yet. */
    void load(DataInput in, int count) throws IOException;
}
