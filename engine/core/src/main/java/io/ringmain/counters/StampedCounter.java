package io.ringmain.counters;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.StampedLock;

/** A lock that reads share, and mostly do without. */
final class StampedCounter extends GuardedCounter {

    private final StampedLock lock = new StampedLock();

    StampedCounter(String name, Meter meter) {
        super(name, meter);
    }

    @Override
    boolean tryLock() {
        return lock.tryWriteLock() != 0;
    }

    @Override
    boolean tryLock(long limitNs) throws InterruptedException {
        return lock.tryWriteLock(limitNs, TimeUnit.NANOSECONDS) != 0;
    }

    @Override
    void lock() {
        lock.writeLock();
    }

    @Override
    void unlock() {
        lock.tryUnlockWrite();
    }

    @Override
    void lockShared() {
        if (lock.tryReadLock() == 0) {
            long sinceNs = meter.waits();
            lock.readLock();
            meter.waitedSince(sinceNs);
        }
    }

    @Override
    void unlockShared() {
        lock.tryUnlockRead();
    }

    @Override
    public long get() {
        long stamp = lock.tryOptimisticRead();
        long seen = value();
        return stamp != 0 && lock.validate(stamp) ? seen : super.get();
    }
}
