package io.ringmain.internal.counters;

import io.ringmain.spi.Reasoned;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    /** Which event it was: its source, and the source's position. */
    public record Origin(String source, long position) {}

    /** One distinct failure, and the event with which it began, if it was about one. */
    public record Entry(
            String where,
            String type,
            String message,
            long count,
            @Nullable Origin first) {}

    /** Counts one failure at {@code where} that was about no event in particular. */
    public void record(String where, Throwable failure) {
        record(where, failure, null);
    }

    /** Counts one failure at {@code where}, with the event at {@code origin}. */
    public void record(String where, Throwable failure, @Nullable Origin origin) {
        String type = failure instanceof Reasoned reasoned
                ? reasoned.reason()
                : failure.getClass().getName();
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        synchronized (lock) {
            String key = where + '\n' + type;
            if (!entries.containsKey(key) && entries.size() >= DISTINCT_MAX) {
                key = "other";
                entries.putIfAbsent(
                        key, new Entry(key, key, "more than " + DISTINCT_MAX + " distinct failures", 0, null));
            }
            Entry entry = entries.getOrDefault(key, new Entry(where, type, message, 0, origin));
            entries.put(key, new Entry(entry.where, entry.type, entry.message, entry.count + 1, entry.first));
        }
    }

    /** The distinct failures, in the order of their first occurrence. */
    public List<Entry> entries() {
        synchronized (lock) {
            return new ArrayList<>(entries.values());
        }
    }
}
