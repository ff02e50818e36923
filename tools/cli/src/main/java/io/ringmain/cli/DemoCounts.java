package io.ringmain.cli;

import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The lines of a demo by level, and by source: sums of rows that have both. */
final class DemoCounts {

    // The rows come ordered by level, those of no level last.
    private final Map<String, Long> byLevel = new LinkedHashMap<>();
    private final Map<String, Long> bySource = new TreeMap<>();

    void add(LogEvent row, long count) {
        Level level = row.level();
        byLevel.merge(level == null ? "unknown" : level.name(), count, Long::sum);
        bySource.merge(row.source(), count, Long::sum);
    }

    Map<String, Long> byLevel() {
        return byLevel;
    }

    Map<String, Long> bySource() {
        return bySource;
    }
}
