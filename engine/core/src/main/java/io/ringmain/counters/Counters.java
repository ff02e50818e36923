package io.ringmain.counters;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Named counters that threads share, under one {@link Strategy}. Their number is bounded, and none is ever removed: keep the {@link Counter}, finding it
 * by name costs more than using it.
 *
 * <p>Thread: any.
 */
public interface Counters extends AutoCloseable {

    /** Returns counters under {@link Strategy#LOCKED}, with {@link CounterLimits#DEFAULT}. */
    static Counters locked() {
        return Strategy.LOCKED.counters(CounterLimits.DEFAULT);
    }

    /** Returns counters under {@link Strategy#READ_WRITE}, with {@link CounterLimits#DEFAULT}. */
    static Counters readWrite() {
        return Strategy.READ_WRITE.counters(CounterLimits.DEFAULT);
    }

    /** Returns counters under {@link Strategy#ATOMIC}, with {@link CounterLimits#DEFAULT}. */
    static Counters atomic() {
        return Strategy.ATOMIC.counters(CounterLimits.DEFAULT);
    }

    /** Returns counters under {@link Strategy#STRIPED}, with {@link CounterLimits#DEFAULT}. */
    static Counters striped() {
        return Strategy.STRIPED.counters(CounterLimits.DEFAULT);
    }

    /** Returns counters under {@link Strategy#SINGLE_WRITER}, in memory only, with {@link CounterLimits#DEFAULT}; to be closed. */
    static Counters singleWriter() {
        return Strategy.SINGLE_WRITER.counters(CounterLimits.DEFAULT);
    }

    /**
     * Returns counters under {@link Strategy#SINGLE_WRITER} that outlive the process as {@code durable} says; to be closed. They have the values that they had when the last
     * process ended, however it ended.
     *
     * @throws io.ringmain.PipelineException if what was kept cannot be read, or nothing can be kept
     */
    static Counters singleWriter(CounterLimits limits, DurableCounters durable) {
        return SingleWriter.start(requireNonNull(limits, "limits"), requireNonNull(durable, "durable"));
    }

    /** How threads share them. */
    Strategy strategy();

    /**
     * Returns the counter {@code name}, which is made if there is none.
     *
     * @throws IllegalArgumentException if that is no name: letters, digits, {@code _ . : -}, as many as the limits say
     * @throws IllegalStateException if there are as many counters as there may be
     */
    Counter counter(String name);

    /** Returns the counter {@code name}, if there is one. */
    Optional<Counter> find(String name);

    /** The names of all that there are, in order. Any thread; asks no writer. Allocates. */
    List<String> names();

    /** As {@link #transfer(Counter, Counter, long, Duration)}, however long it takes. */
    Transfer transfer(Counter from, Counter to, long amount);

    /**
     * Moves {@code amount} from one counter to another, at one moment for each {@link #snapshot}, if the first has so much. No order of transfers can block another for ever.
     *
     * @param from of these counters; may be the same as {@code to}, which is then only looked at
     * @param amount at least 0
     * @param limit how long it may wait for others until it begins; it then does not wait any more, but under {@link Strategy#SINGLE_WRITER} for the answer
     */
    Transfer transfer(Counter from, Counter to, long amount, Duration limit);

    /**
     * Returns all values as of one moment, ordered by name; what that means under {@link Strategy#ATOMIC} is said there. The sum of counters between which there are
     * transfers only is always the same. Allocates.
     */
    Map<String, Long> snapshot();

    /** As {@link #snapshot()}, of the counters {@code names} only; those that do not exist are left out. */
    Map<String, Long> snapshot(Collection<String> names);

    /** What the counters have been through. Allocates; may wait as a reader does. */
    CounterStatistics statistics();

    /** Why no call can succeed any more although nobody has closed them, or what {@link #close} gave up, in words; empty if all is well. Any thread, cheap. */
    default Optional<String> failure() {
        return Optional.empty();
    }

    /** Ends the writer, if there is one, when it has done what it was told before; else does nothing. */
    @Override
    void close();
}
