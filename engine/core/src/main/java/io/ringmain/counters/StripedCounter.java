package io.ringmain.counters;

import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.StampedLock;
import java.util.function.BiFunction;

/*
 * value = base + the parts of all stripes. Who has the lock of one stripe may change its part and read the base; who has all of them may change everything, and puts all into
 * the base. A part stays within PART_MAX of 0, and an add goes to a part only while the base is within BASE_MAX: so the sum is always a long, and what would not be one is
 * noticed by who has all locks. The idea of the parts is that of D. Lea's LongAdder, which wraps around and whose sum is no moment's.
 */
/** Parts that threads add to, each with a lock of its own. */
final class StripedCounter extends GuardedCounter {

    private static final int STRIPES_MAX = 16;
    private static final long BASE_MAX = Long.MAX_VALUE / 2;
    private static final long PART_MAX = BASE_MAX / STRIPES_MAX;
    private static final int LOOKS_MAX = 8;

    private final Stripe[] stripes;

    @SuppressWarnings("unused") // Keeps one stripe's writes off the lines of the next.
    private static final class Stripe {

        private final StampedLock lock = new StampedLock();
        private long before1;
        private long before2;
        private long before3;
        private long before4;
        private long before5;
        private long before6;
        private long before7;
        private long part;
        private long operations;
        private long behind1;
        private long behind2;
        private long behind3;
        private long behind4;
        private long behind5;
        private long behind6;
        private long behind7;
    }

    private StripedCounter(String name, Meter meter, int count) {
        super(name, meter);
        stripes = new Stripe[count];
        for (int i = 0; i < count; i++) {
            stripes[i] = new Stripe();
        }
    }

    /** Makes counters of {@code count} stripes, a power of two up to {@value #STRIPES_MAX}. */
    static BiFunction<String, Meter, GuardedCounter> over(int count) {
        return (name, meter) -> new StripedCounter(name, meter, count);
    }

    /** How many stripes suit this machine. */
    static int stripes() {
        int cores = Runtime.getRuntime().availableProcessors();
        return Math.min(STRIPES_MAX, Integer.highestOneBit(2 * cores - 1));
    }

    @Override
    public void add(long amount) {
        // Numbers of threads that were started together differ in the low bits.
        Stripe mine = stripes[(int) Thread.currentThread().getId() & stripes.length - 1];
        long stamp = mine.lock.tryWriteLock();
        if (stamp == 0) {
            long sinceNs = meter.waits();
            stamp = mine.lock.writeLock();
            meter.waitedSince(sinceNs);
        }
        long number = mine.operations++;
        long sinceNs = Meter.isSample(number) ? meter.nowNs() : 0;
        long next = mine.part + amount;
        boolean fits = isWithin(amount, PART_MAX) && isWithin(next, PART_MAX) && isWithin(super.value(), BASE_MAX);
        if (fits) {
            mine.part = next;
        } else {
            mine.operations--;
        }
        mine.lock.unlockWrite(stamp);
        if (!fits) {
            super.add(amount);
        } else if (Meter.isSample(number)) {
            meter.heldSince(sinceNs);
        }
    }

    private static boolean isWithin(long number, long max) {
        return number <= max && number >= -max;
    }

    @Override
    long value() {
        long sum = super.value();
        for (Stripe stripe : stripes) {
            sum += stripe.part;
        }
        return sum;
    }

    @Override
    void value(long next) {
        for (Stripe stripe : stripes) {
            stripe.part = 0;
        }
        super.value(next);
    }

    @Override
    long operations() {
        long sum = super.operations();
        for (Stripe stripe : stripes) {
            sum += stripe.operations;
        }
        return sum;
    }

    @Override
    public long get() {
        for (int look = 0; look < LOOKS_MAX; look++) {
            long before = stamps();
            long seen = value();
            VarHandle.acquireFence();
            if (before != 0 && before == stamps()) {
                return seen;
            }
        }
        return super.get();
    }

    /** A number that grows with each change of any part; 0 if one is being changed. */
    private long stamps() {
        long sum = 0;
        for (Stripe stripe : stripes) {
            long stamp = stripe.lock.tryOptimisticRead();
            if (stamp == 0) {
                return 0;
            }
            sum += stamp;
        }
        return sum;
    }

    @Override
    boolean tryLock() {
        for (int i = 0; i < stripes.length; i++) {
            if (stripes[i].lock.tryWriteLock() == 0) {
                unlock(i);
                return false;
            }
        }
        return true;
    }

    @Override
    boolean tryLock(long limitNs) throws InterruptedException {
        long deadlineNs = meter.nowNs() + limitNs;
        int taken = 0;
        try {
            while (taken < stripes.length
                    && stripes[taken].lock.tryWriteLock(deadlineNs - meter.nowNs(), TimeUnit.NANOSECONDS) != 0) {
                taken++;
            }
        } finally {
            if (taken < stripes.length) {
                unlock(taken);
            }
        }
        return taken == stripes.length;
    }

    @Override
    void lock() {
        for (Stripe stripe : stripes) {
            stripe.lock.writeLock();
        }
    }

    @Override
    void unlock() {
        unlock(stripes.length);
    }

    private void unlock(int count) {
        for (int i = 0; i < count; i++) {
            stripes[i].lock.tryUnlockWrite();
        }
    }
}
