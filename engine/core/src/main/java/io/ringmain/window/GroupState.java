package io.ringmain.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What is known of many groups, by their numbers. The methods mean what those of {@link Aggregation} do.
 *
 * <p>Thread: one at a time.
 *
 * @param <S> the same kind of state
 */
public interface GroupState<S> {

    /** Makes room for the groups up to before {@code capacity}. */
    void grow(int capacity);

    /** Adds what {@code from} knows of its group {@code fromGroup} to {@code group}. */
    void merge(int group, S from, int fromGroup);

    /** Forgets a group. */
    void clear(int group);

    /** Writes the first {@code count} groups. */
    void save(DataOutput out, int count) throws IOException;

    /** Reads what {@link #save} wrote. */
    void load(DataInput in, int count) throws IOException;
}
