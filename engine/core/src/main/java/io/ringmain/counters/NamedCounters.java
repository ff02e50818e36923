package io.ringmain.counters;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/**
 * Finds counters by name, and checks what callers say.
 *
 * @param <C> the counter
 */
abstract class NamedCounters<C extends NamedCounter> implements Counters {

    static final long NO_LIMIT = Long.MAX_VALUE;

    final CounterLimits limits;
    private final Class<C> type;
    private final Object making = new Object();
    // In the order of names, which is also that in which locks are taken.
    private final ConcurrentSkipListMap<String, C> byName = new ConcurrentSkipListMap<>();
    private int count;

    NamedCounters(CounterLimits limits, Class<C> type) {
        this.limits = limits;
        this.type = type;
    }

    /** Makes the counter {@code name}; one call at a time. */
    abstract C make(String name);

    /** Moves {@code amount} between two that are not the same, waiting no longer than {@code limitNs} until it begins. */
    abstract Transfer move(C from, C to, long amount, long limitNs);

    /** Puts the values of {@code counters}, which are ordered by name, into {@code values} as of one moment. */
    abstract void read(List<C> counters, long[] values);

    @Override
    public final Counter counter(String name) {
        C known = byName.get(requireNonNull(name, "name"));
        return known == null ? add(limits.check(name)) : known;
    }

    private C add(String name) {
        synchronized (making) {
            C known = byName.get(name);
            if (known != null) {
                return known;
            }
            if (count == limits.countersMax()) {
                throw limits.full(name);
            }
            C made = make(name);
            put(made);
            return made;
        }
    }

    /** Adds one that was there before. */
    final void put(C counter) {
        synchronized (making) {
            byName.put(counter.name(), counter);
            count++;
        }
    }

    @Override
    public final Optional<Counter> find(String name) {
        return Optional.ofNullable(byName.get(requireNonNull(name, "name")));
    }

    @Override
    public final List<String> names() {
        return List.copyOf(byName.keySet());
    }

    @Override
    public final Transfer transfer(Counter from, Counter to, long amount) {
        return transfer(from, to, amount, NO_LIMIT);
    }

    @Override
    public final Transfer transfer(Counter from, Counter to, long amount, Duration limit) {
        if (requireNonNull(limit, "limit").isNegative()) {
            throw new IllegalArgumentException("transfer.limit: " + limit + " (expected: >= 0)");
        }
        boolean isLong = limit.compareTo(Duration.ofNanos(NO_LIMIT)) >= 0;
        return transfer(from, to, amount, isLong ? NO_LIMIT : limit.toNanos());
    }

    private Transfer transfer(Counter from, Counter to, long amount, long limitNs) {
        C source = own(requireNonNull(from, "from"));
        C target = own(requireNonNull(to, "to"));
        if (amount < 0) {
            throw new IllegalArgumentException(
                    "transfer.amount: " + amount + " (expected: >= 0); change from and to for the other direction");
        }
        if (source == target) {
            return source.get() < amount ? Transfer.INSUFFICIENT : Transfer.DONE;
        }
        return move(source, target, amount, limitNs);
    }

    private C own(Counter counter) {
        if (!type.isInstance(counter) || byName.get(counter.name()) != counter) {
            throw new IllegalArgumentException(
                    "counter " + counter.name() + ": of other counters (expected: one that these have returned)");
        }
        return type.cast(counter);
    }

    @Override
    public final Map<String, Long> snapshot() {
        return values(() -> List.copyOf(byName.values()));
    }

    @Override
    public final Map<String, Long> snapshot(Collection<String> names) {
        var wanted = new TreeSet<>(names);
        return values(() -> wanted.stream()
                .map(byName::get)
                .filter(Objects::nonNull)
                .map(type::cast)
                .toList());
    }

    private Map<String, Long> values(Supplier<List<C>> chosen) {
        List<C> counters = chosen.get();
        long[] values = new long[counters.size()];
        read(counters, values);
        // One that came meanwhile may have got what another one had before it was read.
        for (List<C> now = chosen.get(); now.size() > counters.size(); now = chosen.get()) {
            counters = now;
            values = new long[counters.size()];
            read(counters, values);
        }
        Map<String, Long> byNames = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            byNames.put(counters.get(i).name(), values[i]);
        }
        return Collections.unmodifiableMap(byNames);
    }

    /** All counters, by name. */
    final List<C> all() {
        return List.copyOf(byName.values());
    }
}
