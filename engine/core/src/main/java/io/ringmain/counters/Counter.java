package io.ringmain.counters;

/**
 * One of the {@link Counters}: a whole number that starts at 0 and never wraps around.
 *
 * <p>Thread: any. Each call takes effect at one moment between its begin and its return. A call waits for nobody else but as its
 * {@link Strategy} says, and allocates nothing.
 *
 * <p>Errors: what would leave the range of a long changes nothing and is an {@link ArithmeticException}; under {@link Strategy#SINGLE_WRITER} a call after
 * {@link Counters#close}, after the writer has failed, or while its journal has had no room for too long, is an {@link UnavailableException}.
 */
public interface Counter {

    /** What it is called. */
    String name();

    /** Adds 1. */
    default void increment() {
        add(1);
    }

    /** Takes 1 away. */
    default void decrement() {
        add(-1);
    }

    /** Adds {@code amount}, which may be negative. Says nothing of the value, which is what lets {@link Strategy#STRIPED} be fast. */
    void add(long amount);

    /** Adds {@code amount}, which may be negative; returns the value before. */
    long fetchAdd(long amount);

    /** The value now. */
    long get();

    /** Makes {@code value} the value. */
    default void set(long value) {
        swap(value);
    }

    /** Makes {@code value} the value; returns the one before. */
    long swap(long value);

    /** Makes {@code value} the value if it is {@code expected}; returns whether it was. */
    boolean compareAndSet(long expected, long value);

    /** Makes {@code value} the value if that is more; returns the value after. */
    long max(long value);
}
