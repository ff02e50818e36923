package io.ringmain.counters.http;

import io.ringmain.counters.Counter;
import io.ringmain.counters.CounterStatistics;
import io.ringmain.counters.Counters;
import io.ringmain.counters.Strategy;
import io.ringmain.counters.Transfer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counters that are others. */
class ForwardingCounters implements Counters {

    private final Counters others;

    ForwardingCounters(Counters others) {
        this.others = others;
    }

    @Override
    public Strategy strategy() {
        return others.strategy();
    }

    @Override
    public Counter counter(String name) {
        return others.counter(name);
    }

    @Override
    public List<String> names() {
        return others.names();
    }

    @Override
    public Optional<Counter> find(String name) {
        return others.find(name);
    }

    @Override
    public Transfer transfer(Counter from, Counter to, long amount) {
        return others.transfer(from, to, amount);
    }

    @Override
    public Transfer transfer(Counter from, Counter to, long amount, Duration limit) {
        return others.transfer(from, to, amount, limit);
    }

    @Override
    public Map<String, Long> snapshot() {
        return others.snapshot();
    }

    @Override
    public Map<String, Long> snapshot(Collection<String> names) {
        return others.snapshot(names);
    }

    @Override
    public CounterStatistics statistics() {
        return others.statistics();
    }

    @Override
    public void close() {
        others.close();
    }
}
