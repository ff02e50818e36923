package io.ringmain.window;

import org.jspecify.annotations.Nullable;

/**
 * What a window has of one key: the same object again and again, good during the call that is given it.
 *
 * @param <E> the event
 */
public interface WindowResult<E> {

    /** Why a result is given. */
    enum Kind {
        /** No event of the window is expected any more. */
        COMPLETE,
        /** An event came late, but within the lateness that is allowed; takes the place of the result before. */
        UPDATE,
        /** The window is open still; a later result takes its place. */
        EARLY,
        /** The input has ended before the window did. */
        FINAL
    }

    /** When the window began, in epoch nanoseconds; {@link EventTime#NONE} if it has no bounds, and its events no time. */
    long startNs();

    /** When it ended: the first nanosecond that is not in it, or if it has no bounds, when its last event was; as {@link #startNs}. */
    long endNs();

    /** Why it is given. */
    Kind kind();

    /** The bytes that the key lies in, from {@link #keyFrom} to before {@link #keyTo}; null if this is the result of all keys that found no room. */
    byte @Nullable [] keyBytes();

    /** Where the key begins. */
    int keyFrom();

    /** Where the key ends. */
    int keyTo();

    /** The text that {@link Windowing#byText} found; empty if this is the result of all keys that found no room. Allocates it. */
    default String textKey() {
        byte[] key = keyBytes();
        return key == null ? "" : KeyBuffer.textAt(key, keyFrom());
    }

    /** The computation number {@code index}, counted from 0 in the order of the description, which knows the result as {@link #group}. */
    Aggregation<E> aggregation(int index);

    /** The number of the group in each {@link #aggregation}. */
    int group();

    /** The value of the computation number {@code index}, one of whole numbers. */
    default long longValue(int index) {
        return ((NumberAggregation<E>) aggregation(index)).longValue(group());
    }

    /** The value of the computation number {@code index}, one of numbers. */
    default double doubleValue(int index) {
        return ((NumberAggregation<E>) aggregation(index)).doubleValue(group());
    }

    /** What writes results into events. Thread: the lane that gives them. */
    @FunctionalInterface
    interface Writer<E, R> {

        /** Fills {@code row}, which is cleared, with {@code result}. */
        void write(WindowResult<E> result, R row);
    }
}
