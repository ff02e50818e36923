package io.ringmain.counters;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.StampedLock;

/** Counters without locks, but for the gate that lets transfers be seen whole. */
final class AtomicCounters extends NamedCounters<AtomicCounters.Cell> {

    private final Meter meter = new Meter();
    private final StampedLock gate = new StampedLock();

    AtomicCounters(CounterLimits limits) {
        super(limits, Cell.class);
    }

    /** A counter. */
    static final class Cell extends NamedCounter {

        private final Meter meter;
        private final AtomicLong value = new AtomicLong();

        Cell(String name, Meter meter) {
            super(name);
            this.meter = meter;
        }

        @Override
        long change(Change change, long first, long second) {
            long old = value.get();
            int lost = 0;
            while (!change.overflows(old, first) && !value.compareAndSet(old, change.next(old, first, second))) {
                old = value.get();
                lost++;
            }
            if (lost > 0) {
                meter.contended(lost);
            }
            meter.operation();
            if (change.overflows(old, first)) {
                throw overflow(old, first);
            }
            return old;
        }

        /** Adds {@code amount} if the value is then a number from {@code min} on. */
        private boolean addIfFits(long amount, long min) {
            long old = value.get();
            int lost = 0;
            while (fits(old, amount, min) && !value.compareAndSet(old, old + amount)) {
                old = value.get();
                lost++;
            }
            if (lost > 0) {
                meter.contended(lost);
            }
            return fits(old, amount, min);
        }

        private static boolean fits(long old, long amount, long min) {
            return !Change.sumOverflows(old, amount) && old + amount >= min;
        }

        @Override
        public long get() {
            return value.get();
        }
    }

    @Override
    public Strategy strategy() {
        return Strategy.ATOMIC;
    }

    @Override
    Cell make(String name) {
        return new Cell(name, meter);
    }

    @Override
    Transfer move(Cell from, Cell to, long amount, long limitNs) {
        long stamp = enter(limitNs);
        if (stamp == 0) {
            return Transfer.TIMED_OUT;
        }
        Transfer outcome = move(from, to, amount);
        gate.unlockRead(stamp);
        meter.operation();
        return outcome;
    }

    private long enter(long limitNs) {
        long stamp = gate.tryReadLock();
        if (stamp != 0) {
            return stamp;
        }
        long sinceNs = meter.waits();
        try {
            return limitNs == NO_LIMIT ? gate.readLock() : gate.tryReadLock(limitNs, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        } finally {
            meter.waitedSince(sinceNs);
        }
    }

    private static Transfer move(Cell from, Cell to, long amount) {
        if (!from.addIfFits(-amount, 0)) {
            return Transfer.INSUFFICIENT;
        }
        while (!to.addIfFits(amount, Long.MIN_VALUE)) {
            if (from.addIfFits(amount, Long.MIN_VALUE)) {
                return Transfer.OVERFLOW;
            }
        }
        return Transfer.DONE;
    }

    @Override
    void read(List<Cell> counters, long[] values) {
        long stamp = gate.tryWriteLock();
        if (stamp == 0) {
            long sinceNs = meter.waits();
            stamp = gate.writeLock();
            meter.waitedSince(sinceNs);
        }
        long sinceNs = meter.nowNs();
        for (int i = 0; i < values.length; i++) {
            values[i] = counters.get(i).get();
        }
        gate.unlockWrite(stamp);
        meter.heldSince(sinceNs);
        meter.operation();
    }

    @Override
    public CounterStatistics statistics() {
        return meter.statistics(0);
    }

    @Override
    public void close() {}
}
