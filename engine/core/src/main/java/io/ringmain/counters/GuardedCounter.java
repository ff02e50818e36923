package io.ringmain.counters;

/** A counter whose value is behind a lock. Its methods but {@link #get} are called with the lock, unless they say otherwise. */
abstract class GuardedCounter extends NamedCounter {

    final Meter meter;
    private long value;
    private long operations;

    GuardedCounter(String name, Meter meter) {
        super(name);
        this.meter = meter;
    }

    /** Takes the lock if nobody has it. Called without it. */
    abstract boolean tryLock();

    /** Takes the lock, or gives up after {@code limitNs}. Called without it. */
    abstract boolean tryLock(long limitNs) throws InterruptedException;

    /** Takes the lock. Called without it. */
    abstract void lock();

    /** Gives the lock back. */
    abstract void unlock();

    /** Takes the lock for a look at {@link #value}. Called without it. */
    void lockShared() {
        enter();
    }

    /** Gives back what {@link #lockShared} took. */
    void unlockShared() {
        unlock();
    }

    /** The value. */
    long value() {
        return value;
    }

    /** Makes {@code next} the value. */
    void value(long next) {
        value = next;
    }

    /** How many operations were counted here. */
    long operations() {
        return operations;
    }

    /** Takes the lock, however long it takes, and notes it. Called without it. */
    final void enter() {
        if (!tryLock()) {
            long sinceNs = meter.waits();
            lock();
            meter.waitedSince(sinceNs);
        }
    }

    /** Takes the lock by {@code deadlineNs}; returns whether it has. Called without it. */
    final boolean enter(long deadlineNs) throws InterruptedException {
        if (tryLock()) {
            return true;
        }
        long sinceNs = meter.waits();
        try {
            return tryLock(deadlineNs - sinceNs);
        } finally {
            meter.waitedSince(sinceNs);
        }
    }

    @Override
    final long change(Change change, long first, long second) {
        enter();
        long number = operations++;
        long sinceNs = Meter.isSample(number) ? meter.nowNs() : 0;
        long old = value();
        boolean overflows = change.overflows(old, first);
        if (!overflows) {
            value(change.next(old, first, second));
        }
        unlock();
        if (Meter.isSample(number)) {
            meter.heldSince(sinceNs);
        }
        if (overflows) {
            throw overflow(old, first);
        }
        return old;
    }

    @Override
    public long get() {
        lockShared();
        long now = value();
        unlockShared();
        return now;
    }
}
