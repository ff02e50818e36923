package io.ringmain.internal.counters;

import io.ringmain.spi.Reasoned;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The distinct failures of a pipeline with their counts: one entry per place and reason code or exception class, with the first message.
 * The message is not part of the key, because it often holds the offending data. Bounded: what is over is counted together.
 *
 * <p>Thread: any. Takes a lock and may allocate: failures are not the data path.
 */
public final class Failures {

    /** How many distinct failures are kept apart: {@value}. */
    public static final int DISTINCT_MAX = 64;

    private final Object lock = new Object();
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** One distinct failure. */
    public record Entry(String where, String type, String message, long count) {}

    /** Counts one failure at {@code where}. */
    public void record(String where, Throwable failure) {
        String type = failure instanceof Reasoned reasoned
                ? reasoned.reason()
                : failure.getClass().getName();
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        synchronized (lock) {
            String key = where + '\n' + type;
            if (!entries.containsKey(key) && entries.size() >= DISTINCT_MAX) {
                key = "other";
                entries.putIfAbsent(key, new Entry(key, key, "more than " + DISTINCT_MAX + " distinct failures", 0));
            }
            Entry entry = entries.getOrDefault(key, new Entry(where, type, message, 0));
            entries.put(key, new Entry(entry.where, entry.type, entry.message, entry.count + 1));
        }
    }

    /** The distinct failures, in the order of their first occurrence. */
    public List<Entry> entries() {
        synchronized (lock) {
            return new ArrayList<>(entries.values());
        }
    }
}
