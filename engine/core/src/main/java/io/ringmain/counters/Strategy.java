package io.ringmain.counters;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/** How threads share counters. All are exact; they differ in who waits for whom. */
public enum Strategy {
    /** A lock for each counter, which changes and reads take. A transfer takes two, a snapshot all, in the order of names. */
    LOCKED,
    /** A lock for each counter, which changes take; a read tries to do without, and shares it if that fails. A transfer takes two, a snapshot shares all. */
    READ_WRITE,
    /**
     * A compare-and-set for each change, no lock. Transfers share one gate, which a snapshot closes: it shows each transfer whole or not at all, but other changes that
     * happen meanwhile each for itself. A transfer into a counter at the end of its range is given back; if the other one has come to the end of its range in that moment, it waits until
     * one of them has room.
     */
    ATOMIC,
    /**
     * Several parts for each counter, each with a lock; a thread adds to its own. For counters that are added to much more than read: a read looks at all parts, and whatever
     * changes or tells the whole value takes the locks of all parts.
     */
    STRIPED,
    /**
     * One lane of a pipeline owns the values; callers publish what they want and wait until it is done. A read looks at the value, which costs nobody anything. The only one that can
     * be durable.
     */
    SINGLE_WRITER;

    /** The name for people: in lower case, with hyphens. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Makes counters under this strategy, none so far. Those of {@link #SINGLE_WRITER} are in memory only. */
    public Counters counters(CounterLimits limits) {
        requireNonNull(limits, "limits");
        return switch (this) {
            case LOCKED -> new GuardedCounters(this, limits, MutexCounter::new);
            case READ_WRITE -> new GuardedCounters(this, limits, StampedCounter::new);
            case ATOMIC -> new AtomicCounters(limits);
            case STRIPED -> new GuardedCounters(this, limits, StripedCounter.over(StripedCounter.stripes()));
            case SINGLE_WRITER -> SingleWriter.start(limits, null);
        };
    }
}
