package io.ringmain.perf.logs;

import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.spi.Transform;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps the rows of an aggregate that counts.
 *
 * <p>Thread: the lane that gives the rows; whoever waited for the end of the pipeline may read.
 */
public final class Counts implements Transform<LogEvent> {

    private final int[] by;
    private final int count;
    private final Map<String, Long> counts = new TreeMap<>();

    /** Keeps rows of counts by {@code by}. */
    public Counts(Keys keys, String... by) {
        this.by = new int[by.length];
        for (int i = 0; i < by.length; i++) {
            this.by[i] = keys.id(by[i]);
        }
        count = keys.id("count");
    }

    @Override
    public void apply(LogEvent row) {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < by.length; i++) {
            key.append(i == 0 ? "" : " ").append(by[i] == Keys.LEVEL ? level(row) : row.fieldText(by[i]));
        }
        counts.merge(key.toString(), row.fields().longValue(row.fields().indexOf(count)), Long::sum);
    }

    private static String level(LogEvent row) {
        Level level = row.level();
        return level == null ? "null" : level.name();
    }

    /** The counts by what they were counted by, with a blank between several. */
    public Map<String, Long> byKey() {
        return counts;
    }

    /** How many events were counted. */
    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** A hash of all of it. */
    public int hash() {
        return counts.hashCode();
    }

    /** Returns the counts as one line. */
    @Override
    public String toString() {
        return counts.toString();
    }
}
