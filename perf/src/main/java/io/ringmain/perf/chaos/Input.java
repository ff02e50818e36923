package io.ringmain.perf.chaos;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Lines from a seed, each with its number: no two are the same. */
final class Input {

    private static final int KEYS = 37;
    private static final int SIZES = 1000;
    private static final int TEXT_MAX = 60;
    private static final int LATE_PERCENT = 2;
    private static final int LATE_MAX_MS = 60_000;
    private static final int MS_PER_LINE = 10;
    private static final long FIRST_MS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final List<String> LEVELS = List.of("debug", "info", "warn", "error");

    private final Variant variant;
    private final List<Line> lines = new ArrayList<>();

    /**
     * A line.
     *
     * @param number which, from 0
     * @param file of which file
     * @param key what it is added up by
     * @param size what is added up
     * @param text the whole line
     * @param timeMs when it says that it happened, in milliseconds since the epoch; 0 if it does not say
     */
    record Line(int number, int file, String key, int size, String text, long timeMs) {

        boolean isKept() {
            return size >= Variant.SIZE_MIN;
        }

        /** Whether it becomes a letter where lines do. */
        boolean isBad() {
            return LetterPlan.failuresOf(number) > 0;
        }
    }

    /** Makes the lines of {@code variant}: in each file their numbers ascend. */
    Input(Variant variant, long seed) {
        this.variant = variant;
        var random = new SplittableRandom(seed);
        for (int number = 0; number < variant.lines(); number++) {
            lines.add(line(number, random));
        }
    }

    private Line line(int number, SplittableRandom random) {
        // Several sources are read at the same time, several files of one source one after the other.
        int file = variant.isMixed()
                ? number % variant.files()
                : (int) ((long) number * variant.files() / variant.lines());
        String key = "k" + random.nextInt(KEYS);
        int size = random.nextInt(SIZES);
        String level = LEVELS.get(random.nextInt(LEVELS.size()));
        String text = "n=" + number + " level=" + level + " key=" + key + " size=" + size + " text="
                + "x".repeat(1 + random.nextInt(TEXT_MAX));
        if (variant != Variant.WINDOWS) {
            return new Line(number, file, key, size, text, 0);
        }
        boolean isLate = random.nextInt(100) < LATE_PERCENT;
        long timeMs = FIRST_MS
                + (long) number * MS_PER_LINE
                - random.nextInt(isLate ? LATE_MAX_MS : 1000 * Variant.DISORDER_S);
        return new Line(number, file, key, size, text + " time=" + Instant.ofEpochMilli(timeMs), timeMs);
    }

    List<Line> lines() {
        return lines;
    }

    Variant variant() {
        return variant;
    }

    /** Writes all files into {@code folder}. */
    void write(Path folder) throws IOException {
        for (int file = 0; file < variant.files(); file++) {
            try (OutputStream out =
                    new BufferedOutputStream(Files.newOutputStream(folder.resolve(Variant.input(file))))) {
                for (Line line : lines) {
                    if (line.file() == file) {
                        out.write(bytes(line));
                    }
                }
            }
        }
    }

    static byte[] bytes(Line line) {
        return (line.text() + '\n').getBytes(StandardCharsets.UTF_8);
    }
}
