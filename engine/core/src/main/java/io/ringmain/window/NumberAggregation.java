package io.ringmain.window;

/**
 * A computation whose value is a number.
 *
 * @param <E> the event
 */
public interface NumberAggregation<E> extends Aggregation<E> {

    /** The value for a group. */
    double doubleValue(int group);

    /** The value for a group as a whole number, rounded towards 0 if it is none. */
    default long longValue(int group) {
        return (long) doubleValue(group);
    }
}
