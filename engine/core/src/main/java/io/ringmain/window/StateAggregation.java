package io.ringmain.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * An aggregation of which one state knows all groups: only what an event adds to it, and what is read from it, is left to say.
 *
 * @param <E> the event
 * @param <S> the state
 */
public interface StateAggregation<E, S extends GroupState<S>> extends Aggregation<E> {

    /** The state; always the same. */
    S state();

    @Override
    default void grow(int capacity) {
        state().grow(capacity);
    }

    @Override
    @SuppressWarnings("unchecked") // Only aggregations of one supplier are merged.
    default void merge(int group, Aggregation<E> from, int fromGroup) {
        state().merge(group, ((StateAggregation<E, S>) from).state(), fromGroup);
    }

    @Override
    default void clear(int group) {
        state().clear(group);
    }

    @Override
    default void save(DataOutput out, int count) throws IOException {
        state().save(out, count);
    }

    @Override
    default void load(DataInput in, int count) throws IOException {
        state().load(in, count);
    }
}
