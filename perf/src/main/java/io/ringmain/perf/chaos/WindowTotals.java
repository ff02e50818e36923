package io.ringmain.perf.chaos;

import io.ringmain.perf.chaos.Input.Line;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows of {@link Variant#WINDOWS}, worked out line by line: a line counts in each window that has its time and of which lines are still expected. */
final class WindowTotals {

    private static final long EVERY_MS = 1000L * Variant.EVERY_S;
    private static final long SLIDE_MS = 1000L * Variant.SLIDE_S;

    private final Map<Long, Map<String, long[]>> windows = new TreeMap<>();
    // Lines that are to come are not older, unless they are late.
    private long expectedFromMs = Long.MIN_VALUE;

    WindowTotals(List<Line> lines) {
        for (Line line : lines) {
            if (line.isKept()) {
                add(line);
                expectedFromMs = Math.max(expectedFromMs, line.timeMs() - 1000L * Variant.DISORDER_S);
            }
        }
    }

    private void add(Line line) {
        long youngest = line.timeMs() / SLIDE_MS * SLIDE_MS;
        for (long start = youngest; start > line.timeMs() - EVERY_MS; start -= SLIDE_MS) {
            if (start + EVERY_MS > expectedFromMs) {
                long[] sums = windows.computeIfAbsent(start, none -> new TreeMap<>())
                        .computeIfAbsent(line.key(), none -> new long[2]);
                sums[0]++;
                sums[1] += line.size();
            }
        }
    }

    List<String> rows() {
        List<String> rows = new ArrayList<>();
        windows.forEach((start, keys) -> keys.forEach((key, sums) -> rows.add("{\"window_start\":\""
                + Instant.ofEpochMilli(start) + "\",\"window_end\":\"" + Instant.ofEpochMilli(start + EVERY_MS)
                + "\",\"key\":\"" + key + "\",\"lines\":" + sums[0] + ",\"bytes\":" + sums[1]
                + (start + EVERY_MS > expectedFromMs ? ",\"window_kind\":\"final\"" : "") + '}')));
        return rows;
    }
}
