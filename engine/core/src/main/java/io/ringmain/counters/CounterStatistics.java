package io.ringmain.counters;

import static java.util.Objects.requireNonNull;

/**
 * What counters have been through so far. The figures are those of one moment only while nobody uses the counters.
 *
 * @param operations how many changes, transfers and snapshots there were; plain reads are not counted, because that would cost more than reading
 * @param contended how often a thread was in another one's way: a lock that was held, a compare-and-set that failed, a ring that was full
 * @param waiting how many threads wait now: for a lock, or for the answer of the writer
 * @param waits how long threads waited: for a lock each time that it was held, for the writer one time in {@value #SAMPLE}
 * @param holds how long a lock was held, or the writer worked, for one operation: one in {@value #SAMPLE}; nothing under {@link Strategy#ATOMIC} but for snapshots
 */
public record CounterStatistics(long operations, long contended, long waiting, Times waits, Times holds) {

    /** Of how many operations one is timed, where not all are. */
    public static final int SAMPLE = 64;

    /**
     * How long something took.
     *
     * @param count how many times it was timed
     * @param totalNs how long all of them took
     * @param maxNs how long the longest took
     */
    public record Times(long count, long totalNs, long maxNs) {

        /** The mean; 0 if there was none. */
        public double meanNs() {
            return count == 0 ? 0 : (double) totalNs / count;
        }
    }

    /** Checks that nothing is missing. */
    public CounterStatistics {
        requireNonNull(waits, "waits");
        requireNonNull(holds, "holds");
    }
}
