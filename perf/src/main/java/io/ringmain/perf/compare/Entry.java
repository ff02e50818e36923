package io.ringmain.perf.compare;

import io.ringmain.spi.EventType;

/** A log entry, as the shared list of the text has it. */
final class Entry {

    static final EventType<Entry> TYPE = EventType.of(Entry::new, Entry::clear, Entry::copy);

    private static final int LEVELS = 4;
    private static final String[] MESSAGES = {"started", "stopped", "slow answer", "no answer"};

    long timestamp;
    int level;
    String message = "";
    String source = "";

    /** Makes it the entry with {@code number}. */
    void fill(long number) {
        timestamp = number;
        level = (int) (number % LEVELS);
        message = MESSAGES[level];
        source = "app";
    }

    static Entry of(long number) {
        Entry entry = new Entry();
        entry.fill(number);
        return entry;
    }

    private void clear() {
        message = "";
        source = "";
    }

    private static void copy(Entry from, Entry to) {
        to.timestamp = from.timestamp;
        to.level = from.level;
        to.message = from.message;
        to.source = from.source;
    }

    /** Counts entries by level, in no order. Thread: one at a time. */
    static final class Counts {

        private final long[] byLevel = new long[LEVELS];
        private long times;

        void add(Entry entry) {
            byLevel[entry.level]++;
            times += entry.timestamp;
        }

        long all() {
            return byLevel[0] + byLevel[1] + byLevel[2] + byLevel[3];
        }

        /** The same for the same entries. */
        long hash() {
            long hash = times;
            for (long count : byLevel) {
                hash = 31 * hash + count;
            }
            return hash;
        }
    }
}
