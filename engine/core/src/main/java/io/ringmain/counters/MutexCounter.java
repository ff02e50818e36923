package io.ringmain.counters;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** One lock for changes and reads. */
final class MutexCounter extends GuardedCounter {

    private final ReentrantLock lock = new ReentrantLock();

    MutexCounter(String name, Meter meter) {
        super(name, meter);
    }

    @Override
    boolean tryLock() {
        return lock.tryLock();
    }

    @Override
    boolean tryLock(long limitNs) throws InterruptedException {
        return lock.tryLock(limitNs, TimeUnit.NANOSECONDS);
    }

    @Override
    void lock() {
        lock.lock();
    }

    @Override
    void unlock() {
        lock.unlock();
    }
}
