package io.ringmain.counters;

import java.util.List;
import java.util.function.BiFunction;

/** Counters with locks. Who needs several takes them in the order of names, so that none waits in a circle. */
final class GuardedCounters extends NamedCounters<GuardedCounter> {

    private final Meter meter = new Meter();
    private final BiFunction<String, Meter, GuardedCounter> making;
    private final Strategy strategy;

    GuardedCounters(Strategy strategy, CounterLimits limits, BiFunction<String, Meter, GuardedCounter> making) {
        super(limits, GuardedCounter.class);
        this.strategy = strategy;
        this.making = making;
    }

    @Override
    public Strategy strategy() {
        return strategy;
    }

    @Override
    GuardedCounter make(String name) {
        return making.apply(name, meter);
    }

    @Override
    Transfer move(GuardedCounter from, GuardedCounter to, long amount, long limitNs) {
        boolean isInOrder = from.name().compareTo(to.name()) < 0;
        GuardedCounter first = isInOrder ? from : to;
        GuardedCounter second = isInOrder ? to : from;
        if (!enter(first, second, limitNs)) {
            return Transfer.TIMED_OUT;
        }
        Transfer outcome = move(from, to, amount);
        second.unlock();
        first.unlock();
        meter.operation();
        return outcome;
    }

    private boolean enter(GuardedCounter first, GuardedCounter second, long limitNs) {
        if (limitNs == NO_LIMIT) {
            first.enter();
            second.enter();
            return true;
        }
        long deadlineNs = meter.nowNs() + limitNs;
        boolean hasFirst = false;
        boolean hasBoth = false;
        try {
            hasFirst = first.enter(deadlineNs);
            hasBoth = hasFirst && second.enter(deadlineNs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (hasFirst && !hasBoth) {
                first.unlock();
            }
        }
        return hasBoth;
    }

    private static Transfer move(GuardedCounter from, GuardedCounter to, long amount) {
        long has = from.value();
        if (has < amount) {
            return Transfer.INSUFFICIENT;
        }
        long other = to.value();
        if (Change.sumOverflows(other, amount)) {
            return Transfer.OVERFLOW;
        }
        from.value(has - amount);
        to.value(other + amount);
        return Transfer.DONE;
    }

    @Override
    void read(List<GuardedCounter> counters, long[] values) {
        counters.forEach(GuardedCounter::lockShared);
        for (int i = 0; i < values.length; i++) {
            values[i] = counters.get(i).value();
        }
        counters.forEach(GuardedCounter::unlockShared);
        meter.operation();
    }

    @Override
    public CounterStatistics statistics() {
        long operations = 0;
        for (GuardedCounter counter : all()) {
            counter.lockShared();
            operations += counter.operations();
            counter.unlockShared();
        }
        return meter.statistics(operations);
    }

    @Override
    public void close() {}
}
