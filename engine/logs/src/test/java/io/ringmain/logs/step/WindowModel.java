package io.ringmain.logs.step;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Windows as one would write them down: each window has its own totals, all windows are looked at for each event. */
final class WindowModel {

    private final long size;
    private final long slide;
    private final long offset;
    private final long disorder;
    // By end: by key, count and sum.
    private final TreeMap<Long, TreeMap<String, long[]>> open = new TreeMap<>();
    private final List<String> rows = new ArrayList<>();
    private long latest = Long.MIN_VALUE;
    private boolean isAny;
    private long late;

    WindowModel(WindowSpec spec) {
        size = spec.windows().sizeNs();
        slide = spec.windows().slideNs();
        offset = spec.windows().offsetNs();
        disorder = spec.disorderNs();
    }

    void add(long time, String key, long value) {
        boolean isInAWindow = false;
        boolean isTaken = false;
        // All windows that could have it, one by one.
        long first = Math.floorDiv(time - size - offset, slide) - 1;
        for (long i = first; offset + i * slide <= time; i++) {
            long start = offset + i * slide;
            long end = start + size;
            if (time < start || time >= end) {
                continue;
            }
            isInAWindow = true;
            boolean isOver = isAny && end <= latest - disorder;
            if (!isOver) {
                isTaken = true;
                long[] totals =
                        open.computeIfAbsent(end, none -> new TreeMap<>()).computeIfAbsent(key, none -> new long[2]);
                totals[0]++;
                totals[1] += value;
            }
        }
        late += isInAWindow && !isTaken ? 1 : 0;
        latest = Math.max(latest, time);
        isAny = true;
        while (!open.isEmpty() && open.firstKey() <= latest - disorder) {
            give();
        }
    }

    private void give() {
        var window = open.pollFirstEntry();
        window.getValue()
                .forEach((key, totals) -> rows.add((window.getKey() - size) + ".." + window.getKey() + " " + key + " "
                        + totals[0] + " " + totals[1]));
    }

    List<String> end() {
        while (!open.isEmpty()) {
            give();
        }
        return rows;
    }

    List<String> rows() {
        return rows;
    }

    long late() {
        return late;
    }
}
