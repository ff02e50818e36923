package io.ringmain.counters;

/** All that strategies need not do each for itself. */
abstract class NamedCounter implements Counter {

    private final String name;

    NamedCounter(String name) {
        this.name = name;
    }

    /** Does {@code change}; returns the value before. */
    abstract long change(Change change, long first, long second);

    @Override
    public final String name() {
        return name;
    }

    @Override
    public void add(long amount) {
        change(Change.ADD, amount, 0);
    }

    @Override
    public final long fetchAdd(long amount) {
        return change(Change.ADD, amount, 0);
    }

    @Override
    public final long swap(long value) {
        return change(Change.SET, value, 0);
    }

    @Override
    public final boolean compareAndSet(long expected, long value) {
        return change(Change.COMPARE_AND_SET, expected, value) == expected;
    }

    @Override
    public final long max(long value) {
        return Math.max(change(Change.MAX, value, 0), value);
    }

    final ArithmeticException overflow(long old, long amount) {
        return new ArithmeticException("counter " + name + ": " + old + (amount < 0 ? " - " : " + ")
                + Long.toString(amount).replace("-", "")
                + " (expected: within the range of a long); it was not changed");
    }

    @Override
    public final String toString() {
        return name + '=' + get();
    }
}
