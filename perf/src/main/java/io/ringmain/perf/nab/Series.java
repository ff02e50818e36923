package io.ringmain.perf.nab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** One series of the corpus: its rows, and which of them lie in a window in which something was wrong. Owned by its reader; nobody writes to it. */
final class Series {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss[.SSSSSS]");

    private final String name;
    private final long[] timesNs;
    private final double[] values;
    /** Of each window the row of its start and that of its end, which belongs to it. */
    private final int[] limits;

    Series(String name, long[] timesNs, double[] values, int... limits) {
        this.name = name;
        this.timesNs = timesNs;
        this.values = values;
        this.limits = limits;
    }

    /**
     * Reads a file of {@code timestamp,value} lines under a title.
     *
     * @param times start and end of each window, in order
     */
    static Series read(Path file, String name, List<String> times) throws IOException {
        List<String> lines = Files.readAllLines(file);
        int rows = lines.size() - 1;
        long[] timesNs = new long[rows];
        double[] values = new double[rows];
        for (int row = 0; row < rows; row++) {
            String line = lines.get(row + 1);
            int comma = line.indexOf(',');
            timesNs[row] = parse(line.substring(0, comma));
            values[row] = Double.parseDouble(line.substring(comma + 1));
        }
        int[] limits = new int[times.size()];
        for (int i = 0; i < limits.length; i++) {
            limits[i] = rowAt(timesNs, parse(times.get(i)), name);
        }
        return new Series(name, timesNs, values, limits);
    }

    private static long parse(String time) {
        Instant instant = LocalDateTime.parse(time, TIME).toInstant(ZoneOffset.UTC);
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    /** The first row with that time: one that is there twice, as when clocks are set back, counts where it comes first. */
    private static int rowAt(long[] timesNs, long timeNs, String name) {
        for (int row = 0; row < timesNs.length; row++) {
            if (timesNs[row] == timeNs) {
                return row;
            }
        }
        throw new IllegalArgumentException(
                name + ": no row at a limit of its windows (expected: one, see combined_windows.json)");
    }

    String name() {
        return name;
    }

    int rows() {
        return values.length;
    }

    long timeNs(int row) {
        return timesNs[row];
    }

    double value(int row) {
        return values[row];
    }

    int windows() {
        return limits.length / 2;
    }

    int windowStart(int window) {
        return limits[2 * window];
    }

    /** The last row of the window. */
    int windowEnd(int window) {
        return limits[2 * window + 1];
    }

    /** What {@code detector} says to each row. */
    double[] scores(Detector detector) {
        double[] scores = new double[rows()];
        for (int row = 0; row < scores.length; row++) {
            scores[row] = detector.score(timesNs[row], values[row]);
        }
        return scores;
    }
}
